"""Reads from a webhook's data that a fan came online."""

from bot.fanvue.envelope import WebhookEnvelope, at_of, needed_creator, person_in, text_in, time_in
from bot.model.events import CameOnline, Ignored

_ONLINE = "online"


def presence(envelope: WebhookEnvelope) -> CameOnline | Ignored:
    """Somebody is there, only where it says so of a named fan; which words there are, nobody knows."""
    data = envelope.data
    creator, fan, at = needed_creator(data), person_in(data, "fan"), time_in(data, "changed_at")
    about_presence = text_in(data, "change_type") == "presence"
    state = (text_in(data, "state") or "").casefold()
    if fan is None or at is None or not about_presence or state != _ONLINE:
        return Ignored(creator, envelope.type, at_of(envelope))
    return CameOnline(creator, fan, at)
