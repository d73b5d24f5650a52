"""What a team writes down about its fans."""
