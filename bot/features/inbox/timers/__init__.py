"""Pings about a fan who waits: whom, and when; nobody, unless a team says so."""
