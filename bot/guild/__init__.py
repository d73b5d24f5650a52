"""The Discord side: discord.py, kept behind the relay's ports."""
