"""Backups that a running bridge makes by itself."""
