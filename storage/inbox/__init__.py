"""Tables of the inbox: fans, threads, conversations, messages, templates."""
