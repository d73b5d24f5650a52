"""HTTP parts open to the outside: webhooks, link pages, health."""
