"""What was said before the bridge was there, shown once."""
