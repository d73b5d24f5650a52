"""The fault catalogue: every row injected, every outcome asserted."""
