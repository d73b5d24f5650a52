"""Reads what a fan's card is made of, from our own tables only."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.engine.pseudonyms import Pseudonyms
from bot.model.ports import Clock
from bot.relay import impostors
from storage.database import Transaction
from storage.inbox import cards, conversations, fan_status, fans, forums, notes, received, threads
from storage.inbox.cards import CardShown
from storage.inbox.conversations import Conversation
from storage.inbox.fan_status import FanStatus
from storage.inbox.received import FanOffers
from storage.money import subscribers
from storage.money.subscribers import KnownSubscriber
from storage.people import creators
from storage.records import CreatorId, DiscordId, Fan, FanId, FanThread, Millis


@dataclass(frozen=True)
class FanCardFacts:
    """One fan of one creator, as far as anybody told. None is: nobody told."""

    fan: Fan
    thread: FanThread
    creator: str  # display name
    talk: Conversation
    now: Millis
    subscriber: KnownSubscriber | None = None
    trouble: bool = False  # something that was to reach them waits for a person
    notes: int = 0  # how many the team wrote down
    marks: Sequence[str] = ()  # what the team calls this fan: vip, …
    mode: str | None = None  # what whoever writes here should know
    label: str | None = None  # how the fan is named here; None: with digits of the id
    offered: FanOffers | None = None  # messages with a price
    warning: str | None = None  # whom they could be taken for
    owed: Sequence[str] = ()  # what they were promised: finished lines
    standing: FanStatus | None = None  # what Fanvue called them last


@dataclass(frozen=True)
class FanCardPlace:
    """A card's place, what it shows there, and its forum's tags."""

    thread: DiscordId
    card: DiscordId
    shown: CardShown
    tags: Mapping[str, int]


# What a feature knows of a fan, in one line of plain words each.
Marks = Callable[[Transaction, CreatorId, FanId], Awaitable[Sequence[str]]]


async def unmarked(_tx: Transaction, _creator: CreatorId, _fan: FanId, /) -> Sequence[str]:
    return ()


Owed = Callable[[Transaction, CreatorId, FanId], Awaitable[Sequence[str]]]


Mode = Callable[[Transaction, CreatorId], Awaitable[str | None]]


async def nothing_said(_tx: Transaction, _creator: CreatorId, /) -> str | None:
    """Say nothing: lines stay in the thread, as everybody expects."""
    return None


class FanCardLoader:
    """Asked when a card is about to be shown."""

    def __init__(
        self,
        *,
        clock: Clock,
        names: Pseudonyms,
        marks: Marks = unmarked,
        owed: Owed = unmarked,
        mode: Mode = nothing_said,
    ) -> None:
        """`names`: of fans in payments. `marks`: the team's words for a fan, in one line of plain words each.

        `owed`: promises to them, in lines of Markdown, made safe. `mode`: one line as well.
        """
        self._clock = clock
        self._names = names
        self._marks = marks
        self._owed = owed
        self._mode = mode

    async def of(
        self, tx: Transaction, creator: CreatorId, fan: FanId
    ) -> tuple[FanCardFacts, FanCardPlace] | None:
        """All of it; None where there is no open thread to show it in."""
        thread = await threads.current(tx, creator, fan)
        if thread is None or thread.state != "open" or thread.thread is None or thread.card is None:
            return None
        person, whose = await fans.get(tx, creator, fan), await creators.get(tx, creator)
        if person is None or whose is None:
            return None
        known = FanCardFacts(
            fan=person,
            thread=thread,
            creator=whose.display_name or "",
            talk=await conversations.known(tx, creator, fan),
            now=self._clock.now(),
            subscriber=await subscribers.get(tx, creator, fan),
            standing=await fan_status.of_fan(tx, creator, fan),
            notes=len(await notes.of_fan(tx, creator, fan)),
            marks=await self._marks(tx, creator, fan),
            owed=await self._owed(tx, creator, fan),
            label=await impostors.label_of(tx, person),
            offered=await received.priced(tx, creator, fan, await self._names.known(tx, creator, fan)),
            trouble=await cards.in_trouble(tx, creator, fan),
            mode=await self._mode(tx, creator),
            warning=await impostors.warning(tx, person),
        )
        forum = await forums.get(tx, thread.forum)
        shown = await cards.get(tx, creator, fan, thread.thread)
        tags = json.loads(forum.tags) if forum is not None else {}
        return known, FanCardPlace(thread.thread, thread.card, shown, tags)
