"""Several workers in a small size; `benchmarks.cluster` has the big one."""
