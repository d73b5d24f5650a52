"""What the team is told of: which events are alerts, and in which words."""
