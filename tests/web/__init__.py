"""Webhooks, link pages and health over real sockets."""
