"""Texts nobody would write, given to everything that reads files. `make fuzz` runs as long as it is told."""
