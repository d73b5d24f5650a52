"""The night of an agency in a small size; `benchmarks.night` has the big one."""
