"""What several processes on one PostgreSQL database carry out, and what they cost."""
