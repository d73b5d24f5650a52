"""The assistant that translates and drafts."""
