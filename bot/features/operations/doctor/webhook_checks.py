"""Do programs take the events that they asked for."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from bot.features.operations.doctor.findings import DoctorFinding, FindingGroup, ok, warn
from bot.features.operations.doctor.snapshot import DoctorSnapshot, WebhookSnapshot
from storage.records import Millis

_LATE: Final[Millis] = 900_000
_MEND = (
    "Look at its receiver: events are kept for three days. "
    "Or: fanvue-bridge webhooks remove {id} --creator {creator}"
)
_NEW_KEY = (
    "If its program is still used, make a new key and webhook. "
    "Or: fanvue-bridge webhooks remove {id} --creator {creator}"
)
_AGAIN = "Send them again: fanvue-bridge webhooks replay {id} --creator {creator}"


def programs(memory: DoctorSnapshot | None, now: Millis) -> Sequence[FindingGroup]:
    """A line for each webhook; no group where there is none. An address is a secret, and in no line."""
    hooks = memory.webhooks if memory is not None else ()
    return [FindingGroup("Programs", [_webhook(one, now) for one in hooks])] if hooks else []


def _webhook(one: WebhookSnapshot, now: Millis) -> DoctorFinding:
    name, backlog = f"webhook {one.id}", one.backlog
    if one.key_until is None or one.key_until <= now:
        return warn(name, _ended(one.key_until), _NEW_KEY.format(id=one.id, creator=one.creator))
    if backlog.oldest is not None and now - backlog.oldest >= _LATE:
        since = f"{datetime.fromtimestamp(backlog.oldest / 1000, UTC):%Y-%m-%d %H:%M} UTC"
        said = f"events that wait since {since}: {backlog.waiting:,}. {backlog.reason or ''}".strip()
        return warn(name, said, _MEND.format(id=one.id, creator=one.creator))
    if backlog.aside:
        said = f"events that nobody took, and that were set aside: {backlog.aside:,}"
        return warn(name, said, _AGAIN.format(id=one.id, creator=one.creator))
    return ok(name, "its program takes its events")


def _ended(until: Millis | None) -> str:
    if until is None:
        return "its program has no key, so it takes no events"
    return (
        f"its program's key ended on {datetime.fromtimestamp(until / 1000, UTC):%Y-%m-%d}: it takes no events"
    )
