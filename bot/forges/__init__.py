"""All that differs between forges; `base.py` is what they share."""
