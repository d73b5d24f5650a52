"""A creator's lists of fans to choose from: most used first, found by name."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from bot.engine.streams import proposal_stream
from bot.features.publishing.drafts.model import DraftList, named
from bot.features.publishing.mass_messages.audience import FanList, words_of
from bot.model.errors import DeliveryFailed, SealDamaged, TextErased
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.records import CreatorId, Millis

_FEATURE = "mass"
_FRESH: Millis = 60_000  # the preview reads them anew, and so does the press
_USED: Millis = 90 * 86_400_000
_MOST = 50  # creators whose lists are remembered


class DraftListsPort(Protocol):
    async def lists(self, creator: CreatorId, *, patient: bool) -> list[FanList]:
        """Fanvue's own lists and the creator's, with their sizes. Raises DeliveryFailed."""


@dataclass(frozen=True)
class DraftListChoices:
    """The lists, the most used first on either side."""

    to: tuple[FanList, ...]
    without: tuple[FanList, ...]


@dataclass(frozen=True)
class DraftListMatches:
    """The lists that names mean."""

    lists: tuple[DraftList, ...] = ()
    unknown: str = ""  # names that mean none, or several
    like: tuple[str, ...] = field(default=())  # which those are like


class DraftListService:
    """Reads them, and remembers them for a minute."""

    def __init__(self, ctx: Context, there: DraftListsPort) -> None:
        self._there = there
        self._ctx = ctx
        self._known: dict[CreatorId, tuple[Millis, DraftListChoices]] = {}

    async def of(self, creator: CreatorId, *, fresh: bool = False) -> DraftListChoices | None:
        """The lists to choose from; None while Fanvue cannot be read. `fresh`: asked again."""
        now = self._ctx.clock.now()
        read_at, known = self._known.get(creator, (None, None))
        if known is not None and read_at is not None and now - read_at <= _FRESH and not fresh:
            return known
        try:
            lists = await self._there.lists(creator, patient=True)
        except DeliveryFailed:
            return None
        to, without = await self._ctx.database.read(lambda tx: self._used(tx, creator, now - _USED))
        known = DraftListChoices(_sorted(lists, to), _sorted(lists, without))
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[creator] = now, known
        return known

    async def _used(
        self, tx: Transaction, creator: CreatorId, since: Millis
    ) -> tuple[Counter[str], Counter[str]]:
        to, without = Counter[str](), Counter[str]()
        for effect in await outbox.in_stream(tx, proposal_stream(creator, _FEATURE), since=since):
            with suppress(SealDamaged, TextErased):  # its texts are gone, and with them to whom it went
                content = self._ctx.effects.body(effect)["content"]
                to.update(one["id"] for one in content["to"])
                without.update(one["id"] for one in content["without"])
        return to, without


def found(known: Sequence[FanList], typed: str) -> DraftListMatches:
    """The lists of these names, or of beginnings and parts of names that fit only one."""
    lists: list[DraftList] = []
    unknown: list[str] = []
    like: list[str] = []
    for word in words_of(typed):
        folded = word.casefold()
        exact = [one for one in known if folded in {one.name.strip().casefold(), one.handle, one.id}]
        fitting = exact or [one for one in known if folded in one.name.casefold()]
        if len(fitting) == 1:
            lists.append(named(fitting[0]))
        else:
            unknown.append(word)
            like += [one.name for one in fitting]
    return DraftListMatches(tuple(dict.fromkeys(lists)), ", ".join(unknown), tuple(dict.fromkeys(like)))


def _sorted(lists: Sequence[FanList], used: Counter[str]) -> tuple[FanList, ...]:
    return tuple(sorted(lists, key=lambda one: -used[one.id]))
