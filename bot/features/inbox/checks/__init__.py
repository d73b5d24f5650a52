"""What is looked at before a reply leaves: all checks are heard, one answers."""
