"""The audit: its chain, its pseudonyms, what it says of every outward action."""
