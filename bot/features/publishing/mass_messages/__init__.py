"""Mass messages: one message to everybody on some of Fanvue's lists, sent once."""
