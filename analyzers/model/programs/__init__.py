"""Go packages to programs: what a main package reaches, and what it does there."""
