"""People's commands, with their buttons, windows and suggestions."""
