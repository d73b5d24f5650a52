"""What a team changes about a chat on Fanvue itself: read, muted, its nickname."""
