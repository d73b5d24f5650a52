"""Encryption keys: where they come from, how a database goes over to a new one."""
