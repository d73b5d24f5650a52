"""Each fan's state of conversation with the team."""
