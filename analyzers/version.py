"""Our version, which the package takes from here: to ask an installed package for its own takes its time."""

VERSION = "0.1.0"
