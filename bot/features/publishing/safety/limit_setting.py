"""/mass limits: the limits of a creator's mass messages, shown or set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.access.permits import Permit
from bot.relay.context import Context
from storage.database import Transaction
from storage.publishing.mass_caps import MassCap
from storage.records import CreatorId, DiscordId, Millis

T = TypeVar("T")


class LimitTable(Protocol[T]):
    async def get(self, tx: Transaction, creator: CreatorId, /) -> T:
        """The present value."""

    async def put(
        self, tx: Transaction, creator: CreatorId, new: T, /, *, by: DiscordId, now: Millis
    ) -> None:
        """Let this hold from now on."""


@dataclass(frozen=True)
class LimitKind(Generic[T]):
    """One group of limits. `read` raises ValueError with what to do instead."""

    action: str  # in the audit
    table: LimitTable[T]
    read: Callable[[Mapping[str, str]], Callable[[T], T]]
    shown: Callable[[T], str]
    target: Callable[[T], str]
    done: Callable[[T], str]


class MassLimitSetting(Generic[T]):
    """Whether somebody may was asked before."""

    def __init__(self, ctx: Context, kind: LimitKind[T]) -> None:
        self._kind = kind
        self._ctx = ctx

    async def set(self, permit: Permit, typed: Mapping[str, str]) -> str:
        """Let it hold from now on, by the names of the options; nothing typed says what holds."""
        kind, creator, by = self._kind, permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"
        try:
            wanted = kind.read(typed)
        except ValueError as wrong:
            return str(wrong)

        async def work(tx: Transaction) -> str:
            before = await kind.table.get(tx, creator)
            if not typed:
                return kind.shown(before)
            new = wanted(before)
            await kind.table.put(tx, creator, new, by=by, now=self._ctx.clock.now())
            target = kind.target(new)
            await self._ctx.trail.write(tx, kind.action, "done", target=target, actor=by, creator=creator)
            return kind.done(new)

        return await self._ctx.database.write(work)


class MassCapSetting(MassLimitSetting[MassCap]):
    """The one of them that says how many fans a message may reach, under a name of its own."""
