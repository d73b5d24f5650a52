"""The team's commands are hidden from others, once Discord knows who the team is."""
