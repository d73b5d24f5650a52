"""Private answers to replies, which go once the thread shows more."""
