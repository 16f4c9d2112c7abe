"""HTTP in and pages out; decides nothing."""
