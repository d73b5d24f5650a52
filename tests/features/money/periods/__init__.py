"""What came in, from whom, how many subscribe: asked for, and told daily."""
