"""The image does not build, or builds the wrong thing."""
