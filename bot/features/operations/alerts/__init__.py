"""Rules of who is told of what: which holds, and what shares a message."""
