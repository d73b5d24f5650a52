"""Suggested posts as managers see them: oldest first, published or refused."""

from collections.abc import Sequence
from dataclasses import replace

from bot.access.permits import Permit
from bot.proposals import words
from bot.proposals.record import Record, by_of
from bot.relay.effects import Effects, wanted_alert
from bot.relay.ports import Button, Clock, Post
from storage import drafts, suggestions
from storage.database import Database, Transaction
from storage.records import CreatorId, DraftId

REFUSE = "suggest.no"
_NOTHING = "No suggested post waits for you."
_REFUSED = "Refused. Nothing was published; the alerts channel tells whoever suggested it."


class Suggestions:
    """Whether somebody may publish was asked before each call."""

    def __init__(self, *, database: Database, record: Record, effects: Effects, clock: Clock) -> None:
        self._database = database
        self._record = record
        self._effects = effects
        self._clock = clock

    async def first(self, permits: Sequence[Permit]) -> Post:
        """The one that waits longest for this manager on this server."""
        return await self._database.read(lambda tx: self._first(tx, permits))

    async def refuse(self, permit: Permit, ref: DraftId) -> str:
        """It is not published; the answer says so, or who was faster."""
        return await self._database.write(lambda tx: self._refuse(tx, permit, ref))

    async def _first(self, tx: Transaction, permits: Sequence[Permit]) -> Post:
        near = sorted({one.creator for one in permits if one.creator is not None})
        guild = permits[0].actor.guild
        assert guild is not None, "the door lets nobody in from elsewhere"
        waiting = await suggestions.waiting(tx, near, guild, now=self._clock.now())
        found = [one for ref in waiting if (one := await self._record.get(tx, ref)) is not None]
        if not found:
            return Post(body=(_NOTHING,))
        known, number = found[0], len(found)
        more = f" {number - 1} more {'waits' if number == 2 else 'wait'} after it." if number > 1 else ""  # noqa: PLR2004
        ends = f"It waits until <t:{(known.draft.expires_at or 0) // 1000}:f>.{more}"
        shown = words.preview(known.draft.id, known.preview)
        no = Button(REFUSE, known.draft.id, "Refuse", "secondary")
        return replace(
            shown,
            small=f"{known.preview.warning or ''} {ends}".strip(),
            buttons=(*(one for one in shown.buttons if one.action != words.NO), no),
        )

    async def _refuse(self, tx: Transaction, permit: Permit, ref: DraftId) -> str:
        known, now, actor = await self._record.get(tx, ref), self._clock.now(), permit.actor
        if known is None or known.draft.owner is not None or known.draft.guild != actor.guild:
            return words.NOT_YOURS
        creator: CreatorId | None = known.draft.creator
        if creator is None or creator != permit.creator:
            return words.NOT_YOURS
        settled = known.draft.state == "open" and await drafts.settle(
            tx, ref, version=known.draft.version, state="refused", by=actor.user, now=now
        )
        if not settled:
            return words.settled(known.draft)
        await self._effects.trail.write(
            tx, "postask.refuse", "refused", target=ref, actor=actor.user, creator=creator, cause=ref
        )
        sentence = f"The post that <@{by_of(known.draft)}> suggested was refused by <@{actor.user}>."
        post = Post(body=(f"{sentence} Nothing was published.",))
        await self._effects.add(tx, wanted_alert(creator, cause=ref, part="refused", post=post))
        return _REFUSED
