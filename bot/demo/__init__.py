"""A small repository with a change worth reviewing, and the whole bot reviewing it on this machine."""
