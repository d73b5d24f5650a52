"""Private answers to replies go away once the thread says they were sent."""
