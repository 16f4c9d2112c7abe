"""Dockerfiles to images: how each instruction is read, and what images tell about their builds."""
