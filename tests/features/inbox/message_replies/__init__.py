"""What members type in fans' threads, and what becomes of it."""
