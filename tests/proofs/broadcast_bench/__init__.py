"""A broadcast in a small size; `benchmarks.broadcast` has the big one."""
