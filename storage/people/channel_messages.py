"""Kinds of effects whose messages stand outside fans' threads: erasure and retention look for them."""

ALERT_KINDS = "'alert', 'alert.private', 'ping.post', 'ping.owed', 'ping.message', 'ping.offer'"
CHANNEL_KINDS = f"{ALERT_KINDS}, 'digest', 'digest.private'"
