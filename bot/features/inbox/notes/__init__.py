"""Knowledge about a fan that a team writes down for itself."""
