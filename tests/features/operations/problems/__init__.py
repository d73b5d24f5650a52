"""What waits for a person: words, board, hints."""
