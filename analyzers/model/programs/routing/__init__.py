"""The paths a program answers to: routers, groups and mounts of the common Go frameworks."""
