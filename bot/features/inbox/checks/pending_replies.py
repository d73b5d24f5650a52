"""Reply windows, and replies that were kept back: opened once, settled once (R10).

Neither has a text in it: the typed one lies sealed in the command that brought it, and goes with it.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.engine.commands import CommandWish
from bot.relay import reply_gate
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.records import Command, CommandId, CreatorId, DiscordId, DraftId, Millis

LIFE: Millis = 86_400_000
PRICED_LIFE: Millis = 900_000  # for whatever has a price (R10)

ASKED, REFUSED, HELD, CANCELLED, OPEN = "asked", "refused", reply_gate.HELD, "cancelled", "open"
TAKEN = "taken"  # a draft that somebody else wrote became a reply
_WINDOW, _KEPT = "reply.window", "reply.kept"
NOW = "now"  # among what was confirmed: it leaves at once, though it was scheduled


Ended = Callable[[Transaction, DraftId], Awaitable[None]]


@dataclass(frozen=True)
class ReplyStart:
    """Somebody begins to answer: who, where, and up to which line they have seen the thread."""

    actor: DiscordId
    guild: DiscordId
    channel: DiscordId
    creator: CreatorId
    seen: int


@dataclass(frozen=True)
class ReplyWindowState:
    """A window in which a reply is typed. `changes`: the kept reply that stands in it."""

    draft: Draft
    seen: int
    changes: DraftId | None


@dataclass(frozen=True)
class KeepReason:
    """The reason to keep a reply. `asked`: check → mark of what pressing Send says yes to."""

    why: str
    seen: int
    confirmed: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PendingReply:
    """A reply that did not leave."""

    draft: Draft
    command: CommandId
    channel: DiscordId
    back: KeepReason


class PendingReplies:
    """One row each; every method is part of the caller's transaction."""

    action = _KEPT  # of what was kept back, among all drafts

    def __init__(self, ctx: Context, *, ended: Ended) -> None:
        """`ended`: told of each that is settled, in the transaction that settles it."""
        self._ctx = ctx
        self._derived = ctx.effects.ids
        self._ended = ended

    async def open_window(
        self, tx: Transaction, begun: ReplyStart, changes: DraftId | None = None, about: str = ""
    ) -> DraftId:
        """Name a window: the same while nothing is new, so that Discord keeps the typed text."""
        ref = self._derived.window(begun.actor, begun.channel, begun.seen, changes or about)
        known = await drafts.get(tx, ref)
        if known is not None and known.state == "open" and not is_over(known, self._ctx.clock.now()):
            return ref
        ref = ref if known is None else DraftId(self._ctx.ids.new())
        target = {"channel": str(begun.channel), "seen": begun.seen, "changes": changes}
        await self._open(tx, ref, _WINDOW, (begun.actor, begun.guild, begun.creator), target)
        return ref

    async def window(
        self, tx: Transaction, ref: DraftId, by: Command | CommandWish
    ) -> ReplyWindowState | None:
        """Return a window opened here by this command's sender; None for any other."""
        draft = await drafts.get(tx, ref)
        if draft is None or draft.action != _WINDOW or draft.owner != by.actor:
            return None
        target = json.loads(draft.target)
        if target.get("channel") != str(by.channel):
            return None
        changes = target["changes"]
        return ReplyWindowState(draft, target["seen"], DraftId(changes) if changes else None)

    async def keep(
        self,
        tx: Transaction,
        command: Command,
        back: KeepReason,
        *,
        priced: bool,
        channel: DiscordId | None = None,
        ref: DraftId | None = None,
        until: Millis = 0,
    ) -> DraftId:
        """Keep back what a command brought.

        `channel`: the thread that took the place of its own. `ref`: where what it is called is known already.
        `until`: it leaves then; it stays as long as others do after that.
        """
        ref = ref or DraftId(self._ctx.ids.new())
        target = {"channel": str(channel or command.channel), "command": command.id, **asdict(back)}
        life = (PRICED_LIFE if priced else LIFE) + max(0, until - self._ctx.clock.now())
        await self._open(tx, ref, _KEPT, (command.actor, command.guild, command.creator), target, life)
        return ref

    async def get(self, tx: Transaction, ref: DraftId) -> PendingReply | None:
        """Return a kept reply, in any state; None for any other draft."""
        draft = await drafts.get(tx, ref)
        if draft is None or draft.action != _KEPT or draft.target == "{}":
            return None
        target = json.loads(draft.target)
        command, channel = CommandId(target.pop("command")), DiscordId(int(target.pop("channel")))
        return PendingReply(draft, command, channel, KeepReason(**target))

    async def reopen(self, tx: Transaction, kept: PendingReply, *, priced: bool) -> bool:
        """Let its author put it together further: what was asked about it is asked again when it is sent."""
        back = KeepReason(OPEN, kept.back.seen)
        target = {"channel": str(kept.channel), "command": kept.command, **asdict(back)}
        until = self._ctx.clock.now() + (PRICED_LIFE if priced else LIFE)
        return await drafts.change(tx, kept.draft, target=json.dumps(target), until=until)

    async def newest(self, tx: Transaction, command: Command) -> PendingReply | None:
        """Return a command's kept reply, else its last one; None: there never was one."""
        found = await drafts.of_owner(tx, _KEPT, command.actor, since=command.created_at)
        all_of_it = [await self.get(tx, draft.id) for draft in found]
        ours = [one for one in all_of_it if one is not None and one.command == command.id]
        # One at a time is open, and what took the place of another may be as old as that one.
        return max(ours, key=_newness, default=None)

    async def settle(self, tx: Transaction, draft: Draft, how: str, by: DiscordId) -> bool:
        """Open → this word; False when somebody was faster or it waited too long."""
        now = self._ctx.clock.now()
        if not await drafts.settle(tx, draft.id, version=draft.version, state=how, by=by, now=now):
            return False
        await self._ended(tx, draft.id)
        return True

    async def _open(
        self,
        tx: Transaction,
        ref: DraftId,
        action: str,
        whose: tuple[DiscordId, DiscordId, CreatorId | None],
        target: Mapping[str, Any],
        life: Millis = LIFE,
    ) -> None:
        now = self._ctx.clock.now()
        owner, guild, creator = whose
        draft = Draft(
            id=ref,
            action=action,
            state="open",
            version=1,
            creator=creator,
            target=json.dumps(target),
            owner=owner,
            guild=guild,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=now + life,
        )
        await drafts.open_draft(tx, draft)


def is_over(draft: Draft, now: Millis) -> bool:
    """Whether it waited too long for its button to count."""
    return draft.expires_at is not None and draft.expires_at <= now


def _newness(kept: PendingReply) -> tuple[bool, bool, Millis]:
    draft = kept.draft
    return draft.state == "open", draft.state != "replaced", draft.settled_at or 0
