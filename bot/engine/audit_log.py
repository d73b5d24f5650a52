"""Writes the audit: who did what, for whom, from where, with which result.

A line is written in the transaction of the deed, so that neither exists without the other. From which place
and message a member acts is not handed through every use case: like the ids of a log line it goes along with
the interaction that is being answered (`acting`), and counts only for lines about that same member.
"""

from contextvars import ContextVar
from dataclasses import dataclass, replace

from bot.engine.pseudonyms import Pseudonyms
from bot.model.acting_account import is_way
from bot.model.ports import Clock, Ids
from storage.database import Transaction
from storage.engine import audit_checkpoints, audit_log
from storage.engine.audit_chain import AuditChain
from storage.people import audit_acts
from storage.records import CreatorId, DiscordId, Effect, FanId, Millis


@dataclass(frozen=True)
class AuditOrigin:
    """An interaction on Discord: whose, and where."""

    actor: DiscordId
    interaction: str
    guild: DiscordId | None = None
    channel: DiscordId | None = None
    message: DiscordId | None = None  # whose button was pressed; a command has none


_FANVUE = "fanvue"  # only what is done there is waited for: not every line in a thread is an act
_act: ContextVar[AuditOrigin | None] = ContextVar("discord_act", default=None)


def acting(act: AuditOrigin) -> None:
    """Attribute the current task's actions from here on to this interaction."""
    _act.set(act)


def server_of_act() -> DiscordId | None:
    """The server of the interaction that the current task works for; None: there is none, or it has none."""
    act = _act.get()
    return act.guild if act is not None else None


class AuditLog:
    """Adds lines to the audit; every method is part of the caller's transaction."""

    def __init__(self, *, chain: AuditChain, pseudonyms: Pseudonyms, clock: Clock, ids: Ids) -> None:
        """The chain was begun before (`storage.engine.audit_log.begin`)."""
        self.pseudonyms = pseudonyms
        self._chain = chain
        self._clock = clock
        self._ids = ids

    async def write(  # noqa: PLR0913 - one for each thing that a line says
        self,
        tx: Transaction,
        action: str,
        outcome: str,
        *,
        target: str = "",
        actor: DiscordId | None = None,
        creator: CreatorId | None = None,
        fan: FanId | None = None,
        cause: str | None = None,
    ) -> None:
        """Add one line; `actor` None is the bridge itself.

        `fan` is written as their pseudonym; `target` is for what else it is about, and never names a fan.
        What leaves the host has its effect as `cause`: then what becomes of it is written down by itself.
        """
        act = _act.get()
        here = act if act is not None and act.actor == actor else None
        named = await self.pseudonyms.of(tx, creator, fan) if creator is not None and fan else None
        entry = audit_log.AuditEntry(
            id=self._ids.new(),
            at=self._clock.now(),
            actor=actor,
            creator=creator,
            action=action,
            target=target,
            cause=cause,
            outcome=outcome,
            fan=named,
            guild=here.guild if here else None,
            channel=here.channel if here else None,
            message=here.message if here else None,
            interaction=here.interaction if here else None,
        )
        await audit_log.write(tx, self._chain, entry)

    async def looked(
        self,
        tx: Transaction,
        action: str,
        *,
        creator: CreatorId,
        fan: FanId | None = None,
        target: str = "",
        cause: str | None = None,
        outcome: str = "done",
    ) -> None:
        """Add that the person being answered was shown something that not everybody sees."""
        act = _act.get()
        actor = act.actor if act is not None else None
        await self.write(
            tx, action, outcome, target=target, actor=actor, creator=creator, fan=fan, cause=cause
        )

    async def prune(self, tx: Transaction, *, before: Millis, limit: int) -> int:
        """Take a batch of lines from before that time away and sign for it; how many they were."""
        return await audit_checkpoints.prune(tx, self._chain, before=before, limit=limit)

    async def became(self, tx: Transaction, effect: Effect, outcome: str) -> None:
        """Add what became of the newest act that waits for this effect, if somebody's does."""
        act = await audit_log.awaited(tx, effect.id) if effect.network == _FANVUE else None
        if act is not None and outcome != await audit_log.became(tx, act.id):
            await self._follow(tx, act, outcome)

    async def went(self, tx: Transaction, effect: Effect, outcome: str) -> None:
        """Add likewise through whose account it goes, unless that act has it already; see `voices.is_way`."""
        act = await audit_log.awaited(tx, effect.id) if effect.network == _FANVUE else None
        if act is None:
            return
        known = (await audit_acts.results(tx, [act.id])).get(act.id, ())
        ways = [result.outcome for result in known if is_way(result.outcome)]
        if ways[-1:] != [outcome]:
            await self._follow(tx, act, outcome)

    async def _follow(self, tx: Transaction, act: audit_log.AuditEntry, outcome: str) -> None:
        entry = replace(act, id=self._ids.new(), at=self._clock.now(), outcome=outcome, follows=act.id)
        await audit_log.write(tx, self._chain, entry)
