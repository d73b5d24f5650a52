"""The sweeps' reads from Fanvue, the second source beside webhooks."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.model.events import Person
from bot.model.ports import ChatMessage
from storage.records import Cents, CreatorId, FanId, FanvueMessageId, Millis

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class UnreadableSweepRow:
    """A row that could not be read: a mark that is the same whenever it is met, and why."""

    mark: str
    reason: str


@dataclass(frozen=True)
class SweepPage(Generic[T_co]):
    """One page of a list; a row that cannot be read costs that row and nothing else (B4)."""

    rows: tuple[T_co, ...]
    unreadable: tuple[UnreadableSweepRow, ...] = ()
    more: bool = False  # there is something behind it; said only where pages come one by one


@dataclass(frozen=True)
class ChatHead:
    """A chat in the list of chats. Of its last message also the type and the text, where they are told.

    `unread`: how many of the fan's messages the creator has not read; None where it is not told.
    """

    fan: Person
    last: FanvueMessageId | None
    last_at: Millis | None
    kind: str | None = None
    text: str | None = None
    unread: int | None = None


@dataclass(frozen=True)
class SweptSubscriber:
    """A fan in the list of active subscribers. `first`: when they first were one; not told everywhere."""

    fan: Person
    first: Millis | None


@dataclass(frozen=True)
class SweptEarning:
    """One transaction of a creator. Money that went back has a negative `gross`."""

    fan: Person | None
    source: str
    gross: Cents
    at: Millis
    order: str | None
    message: FanvueMessageId | None = None
    post: str | None = None
    currency: str | None = None


Skipping = Callable[[str, int], None]
"""Told that so many rows of a list were passed over, because Fanvue did not tell what decides about them."""


def unnoticed(_rows: str, _number: int) -> None:
    """Nobody counts them."""


class SweepPort(Protocol):
    """Reads that find what no webhook told. They wait their turn, and none marks a chat as read (B6).

    The lists end with one of the four errors of `bot.model.errors`.
    """

    def chats(self, creator: CreatorId) -> AsyncGenerator[SweepPage[ChatHead], None]:
        """Every chat, the one with the newest message first."""

    def messages(self, creator: CreatorId, fan: FanId) -> AsyncGenerator[SweepPage[ChatMessage], None]:
        """A chat, newest first."""

    async def newest(
        self, creator: CreatorId, fans: Sequence[FanId]
    ) -> Mapping[FanId, SweepPage[ChatMessage]] | None:
        """The newest messages of up to 50 chats with one request; None where there is no such request."""

    def subscribers(self, creator: CreatorId) -> AsyncGenerator[SweepPage[SweptSubscriber], None]:
        """Active subscribers, in Fanvue's order."""

    def earnings(self, creator: CreatorId, *, since: Millis) -> AsyncGenerator[SweepPage[SweptEarning], None]:
        """Read the earnings since then."""
