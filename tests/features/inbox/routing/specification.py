"""Who may say who is offered a fan first, by hand."""

ACTIONS = "inbox.routing owner manager"
