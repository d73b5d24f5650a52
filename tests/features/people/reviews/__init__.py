"""What leads look back at."""
