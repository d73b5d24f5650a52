"""What the outside can reach over HTTP: webhooks, link pages, health."""
