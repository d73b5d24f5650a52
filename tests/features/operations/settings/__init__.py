"""All that is set for a creator, on one panel."""
