"""It loses requests when it stops."""
