"""Finds the mass message of a copy, where that is certain (pure).

Nothing on Fanvue names it. A copy is of one of the creator's mass messages, so where all of them are known
and only one can be it, it is that one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.fanvue.models import MassMessageRow
from bot.relay.send_match import same_words
from storage.records import DiscordId, Millis

_ROUNDED: Millis = 60_000  # by so much a moment of Fanvue's may be cut off


@dataclass(frozen=True)
class CopyMatch:
    """`mass`: None, if it is not certain. `priced`: whether there may be a sale of it."""

    mass: str | None
    priced: bool


def match(
    text: str | None, sent: Millis, masses: Sequence[MassMessageRow], launchers: Mapping[str, DiscordId]
) -> CopyMatch:
    """`masses`: all that the creator has. Several that the same member launched are as good as one."""
    fitting = sorted(
        (one for one in masses if _may_be(one, text, sent)), key=lambda one: (one.created_at or 0, one.uuid)
    )
    whose = {launchers.get(one.uuid) for one in fitting}
    certain = len(fitting) == 1 or (len(whose) == 1 and None not in whose)
    return CopyMatch(
        mass=fitting[-1].uuid if certain else None,
        priced=not fitting or any(one.price for one in fitting),
    )


def _may_be(one: MassMessageRow, text: str | None, sent: Millis) -> bool:
    """A planned one went to nobody yet. Times other than that of its making say nothing for certain."""
    made = one.created_at or 0
    return one.status != "SCHEDULED" and made <= sent + _ROUNDED and same_words(one.text, text)
