"""Programs, images and workloads to services: which belong together, and how they run together."""
