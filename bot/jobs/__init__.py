"""The durable queue behind four functions: accept, run, redrive, stats."""
