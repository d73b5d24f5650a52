"""Traces by OTLP: from a webhook to its post, from a reply to Fanvue's answer."""
