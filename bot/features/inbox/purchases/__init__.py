"""Which items of a vault went to which fan, and were bought."""
