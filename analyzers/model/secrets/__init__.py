"""Secrets in clear text: where they may stand, and which of them a text is."""
