"""Commands, one file a group; each says what it does and asks the use case."""
