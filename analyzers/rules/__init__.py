"""The rules. `name.py` judges, `name.md` beside it speaks; the folder says when it hurts."""
