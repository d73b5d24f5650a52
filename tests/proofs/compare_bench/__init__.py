"""The comparison in a small size; `benchmarks.compare` has the big one."""
