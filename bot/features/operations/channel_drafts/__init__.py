"""Drafts of programs that wait in the alerts channel until a member opens them."""
