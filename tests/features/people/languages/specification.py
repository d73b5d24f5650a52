"""Who may choose which language, by hand."""

ACTIONS = """
language.mine      owner manager chatter trainee viewer
language.channels  owner manager
"""
