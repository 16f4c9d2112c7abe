"""`python -m bot` is `shipworthy`."""

from bot.cli import main

main()
