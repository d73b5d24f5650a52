"""The inbox's commands, with their buttons, windows and suggestions."""
