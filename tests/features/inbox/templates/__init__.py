"""Templates, from the command to what the fan reads."""
