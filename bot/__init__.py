"""The bridge: what happens between a creator's Fanvue chats and a Discord server."""
