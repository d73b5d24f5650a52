"""What programs and agents can read, and what no text makes them do."""
