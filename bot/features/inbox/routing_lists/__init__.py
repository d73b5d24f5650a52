"""The Fanvue lists that routing rules name, read in the background."""
