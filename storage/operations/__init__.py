"""Tables of operations: alerts, problems, instances."""
