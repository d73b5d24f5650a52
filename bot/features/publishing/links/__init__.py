"""A creator's tracking links on Fanvue: listed, made, deleted, looked into."""
