"""What leads look back at: what was sent, and what was stopped before it was."""
