"""CI configurations to pipelines."""
