"""go.mod to modules: versions, known vulnerabilities, and how the go command is set up to load them."""
