"""Growth in a small size; `benchmarks.growth` has the big one."""
