"""Permissions of members about creators on servers: one table, one question."""
