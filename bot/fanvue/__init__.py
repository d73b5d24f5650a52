"""The Fanvue side: an HTTP client and what its webhooks mean."""
