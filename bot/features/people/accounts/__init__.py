"""Links of people to Fanvue accounts, and how their tokens are kept."""
