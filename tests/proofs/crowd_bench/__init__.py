"""The crowd in a small size; `benchmarks.crowd` has the big one."""
