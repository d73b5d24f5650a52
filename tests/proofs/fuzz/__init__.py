"""The front door under fire: mutated requests, and an independent judge of each."""
