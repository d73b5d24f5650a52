"""Publishing to many: mass messages, posts, lists, media, uploads."""
