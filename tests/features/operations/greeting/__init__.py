"""The bot's first words on a server."""
