"""It starts badly, runs badly or is killed."""
