"""Private answers to replies, which go away once the thread says that they were sent."""
