"""The bridge between creators' Fanvue chats and a Discord server."""
