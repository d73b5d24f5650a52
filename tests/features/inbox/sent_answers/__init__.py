"""Private answers to replies go away."""
