"""Remembers of which mass message the copies are that chats end with."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.fanvue.models import MassMessageRow
from bot.features.money.credit.matching_rules import match
from bot.model.errors import DeliveryFailed
from bot.model.ports import Clock
from bot.relay.sweep_ports import ChatHead
from storage.database import Database, Transaction
from storage.money import credit_copies, credit_sent
from storage.money.credit_copies import MassMessageCopy
from storage.records import CreatorId, DiscordId, Millis

log = logging.getLogger(__name__)

FRESH: Millis = 60_000  # how much later than a copy a list is read that surely has its mass message
_COPY = "BROADCAST"


class MassMessageHistoryPort(Protocol):
    """Fanvue's list of mass messages. Raises one of the errors of `bot.model.errors`."""

    async def whole(self, creator: CreatorId) -> list[MassMessageRow] | None:
        """All of a creator's; None: it could not be read to its end."""


@dataclass(frozen=True)
class _MassMessageListing:
    """The list as it was read, and when that began."""

    rows: Sequence[MassMessageRow] | None
    at: Millis


@dataclass(frozen=True)
class _UnmatchedCopies:
    """Copies of which it is not known what they are of, and what is remembered."""

    heads: Sequence[ChatHead]
    known: Mapping[str, str | None]
    launchers: Mapping[str, DiscordId]


class MassMessageCopies:
    """Told of chats as a list of them shows them.

    A list of mass messages that was read after a chat has every one that the chat can end with. One read
    before is as good for what is older than it; another is read once in a while only, as a mass message
    comes to thousands of chats at once. What is left over is seen by the next sweep.
    """

    def __init__(
        self, *, database: Database, masses: MassMessageHistoryPort, clock: Clock, fresh: Millis = FRESH
    ) -> None:
        self._database = database
        self._masses = masses
        self._clock = clock
        self._fresh = fresh
        self._listed: dict[CreatorId, _MassMessageListing] = {}

    async def look(self, creator: CreatorId, heads: Sequence[ChatHead]) -> None:
        """Remember those that are of what was launched through the bridge."""
        ended = [one for one in heads if (one.kind or "").upper() == _COPY and one.last and one.last_at]
        if not ended:
            return
        news = await self._database.read(lambda tx: _news(tx, creator, ended))
        if not news.launchers or not news.heads:
            return
        listed, covers_all = await self._list(creator, news.heads)
        if listed is None or listed.rows is None:
            return
        covered = [one for one in news.heads if covers_all or self._covers(listed, one)]
        if found := _copies(news, covered, listed.rows):
            await self._database.write(lambda tx: credit_copies.add(tx, creator, found))

    async def _list(
        self, creator: CreatorId, heads: Sequence[ChatHead]
    ) -> tuple[_MassMessageListing | None, bool]:
        """The list as far as known, and whether it was read just now."""
        known = self._listed.get(creator)
        now = self._clock.now()
        if known is not None and (
            now - known.at < self._fresh or all(self._covers(known, one) for one in heads)
        ):
            return known, False
        try:
            rows = await self._masses.whole(creator)
        except DeliveryFailed as failed:
            log.info("the list of mass messages could not be read: %s", failed.reason)
            return None, False
        self._listed[creator] = _MassMessageListing(rows, now)
        return self._listed[creator], True

    def _covers(self, listed: _MassMessageListing, head: ChatHead) -> bool:
        return (head.last_at or 0) + self._fresh <= listed.at


async def _news(tx: Transaction, creator: CreatorId, heads: Sequence[ChatHead]) -> _UnmatchedCopies:
    launchers = await credit_sent.launchers(tx, creator)
    known = await credit_copies.known(tx, creator, [str(one.last) for one in heads]) if launchers else {}
    return _UnmatchedCopies([one for one in heads if known.get(str(one.last)) is None], known, launchers)


def _copies(
    news: _UnmatchedCopies, heads: Sequence[ChatHead], rows: Sequence[MassMessageRow]
) -> list[MassMessageCopy]:
    """The new copies. Free ones bring no sales, and there are very many of them."""
    found = []
    for one in heads:
        fits = match(one.text, one.last_at or 0, rows, news.launchers)
        copy = MassMessageCopy(str(one.last), one.last_at or 0, fits.mass)
        if fits.priced and (fits.mass is not None or copy.item not in news.known):
            found.append(copy)
    return found
