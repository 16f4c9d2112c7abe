"""What things cost, as ratios within one run: machines differ, ratios hold. Nothing here is a test."""
