"""Commands and buttons, one file per group; each says what it does and asks the use case."""
