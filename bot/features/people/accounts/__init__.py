"""Who is linked to which Fanvue account, and how their tokens are kept."""
