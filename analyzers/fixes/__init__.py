"""Exact edits that mend a finding, made from a text and the places in it."""
