"""Kinds of effects whose messages stand in channels, for erasure and retention."""

ALERT_KINDS = "'alert', 'alert.private', 'ping.post', 'ping.owed', 'ping.message', 'ping.offer'"
CHANNEL_KINDS = f"{ALERT_KINDS}, 'digest', 'digest.private'"
