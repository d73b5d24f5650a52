"""What relaying a message costs once ten thousand, a million, ten million others are stored."""
