"""A team's changes to a chat on Fanvue itself: read, muted, its nickname."""
