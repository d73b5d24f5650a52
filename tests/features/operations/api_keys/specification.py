"""What the table must say of keys."""

ACTIONS = """
api_keys         owner
"""
