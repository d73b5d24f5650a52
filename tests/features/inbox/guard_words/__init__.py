"""What a team forbids itself."""
