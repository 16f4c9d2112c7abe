"""Shell scripts that containers start: what becomes of their process, their signals, their variables."""
