"""The Java side of a repository, as far as pools and logging go."""
