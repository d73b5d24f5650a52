"""Events, posts, ports and errors that every part shares."""
