"""The pipeline is slow, or publishes something else."""
