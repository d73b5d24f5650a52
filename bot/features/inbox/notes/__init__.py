"""What a team knows about a fan and writes down for itself."""
