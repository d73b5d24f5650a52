"""Mass messages: previewed, confirmed, sent once."""
