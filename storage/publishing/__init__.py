"""Tables of publishing: mass messages, posts, lists, uploads."""
