"""Files from Discord and from the command line, on their way into a vault."""
