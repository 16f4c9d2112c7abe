"""Who asks for builds of images: compose files, bake files, CI jobs, skaffold."""
