"""Programs' drafts in the alerts channel, whatever they are."""
