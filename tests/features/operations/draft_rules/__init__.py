"""Rules by which drafts of programs leave without a press."""
