"""A line of /inbox status: a light, its text, and what to do where it is red."""

from collections.abc import Sequence

from bot.engine.retry import RetryWaits
from bot.model.language import msgid, tr
from storage.engine.queues import EffectQueue
from storage.records import Millis

_RED, _GREEN = "🔴", "🟢"
TO_FANVUE = (
    msgid("To Fanvue: nothing waiting"),
    msgid("To Fanvue: {number} waiting, the oldest since {oldest}"),
)
TO_DISCORD = (
    msgid("To Discord: nothing waiting"),
    msgid("To Discord: {number} waiting, the oldest since {oldest}"),
)


def light(well: bool, what: str, otherwise: str | None = None) -> str:  # noqa: FBT001 - red or green is all there is
    if well:
        return f"{_GREEN} {what}."
    return f"{_RED} {what}: {(otherwise or tr('see above')).rstrip('.')}."


def reds(told: Sequence[str]) -> int:
    return sum(line.startswith(_RED) for line in told)


def ago(at: Millis) -> str:
    return f"<t:{at // 1000}:R>"


def queued(said: tuple[str, str], queue: EffectQueue, now: Millis, waits: RetryWaits) -> str:
    """How much waits on a way, and since when."""
    if queue.oldest is None:
        return light(True, tr(said[0]))
    well = now - queue.oldest < waits.paused
    what = tr(said[1], number=queue.number, oldest=ago(queue.oldest))
    return light(well, what, tr("it continues automatically, in order"))
