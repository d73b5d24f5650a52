"""Suggested posts as managers see them, oldest first, and as their writers do."""

from collections.abc import Sequence

from bot.access.permits import Permit
from bot.features.publishing.proposals.records import OpenProposal, ProposalRecords
from bot.features.publishing.suggestions import texts
from bot.features.publishing.suggestions.cases import may_look
from bot.model.language import tr, tr_many
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.publishing import suggestions
from storage.publishing.suggestions import PostSuggestion
from storage.records import DraftId


class SuggestionListService:
    """Whether somebody may was asked before each call."""

    def __init__(self, ctx: Context, *, record: ProposalRecords) -> None:
        self._ctx = ctx
        self._record = record

    async def first(self, permits: Sequence[Permit]) -> Post:
        """The one that waits longest for this manager on this server."""
        return await self._ctx.database.read(lambda tx: self._first(tx, permits))

    async def mine(self, permits: Sequence[Permit], ref: DraftId | None = None) -> Post:
        """The person's suggestions that can still change, the newest first; or the one after this."""
        return await self._ctx.database.read(lambda tx: self._mine(tx, permits, ref))

    async def count(self, permits: Sequence[Permit]) -> int:
        """How many wait for this manager on this server."""
        return len(await self._ctx.database.read(lambda tx: self._waiting(tx, permits)))

    async def _waiting(
        self, tx: Transaction, permits: Sequence[Permit]
    ) -> list[tuple[PostSuggestion, OpenProposal]]:
        near, guild = (
            sorted({one.creator for one in permits if one.creator is not None}),
            permits[0].actor.guild,
        )
        assert guild is not None, "only members of the server pass the door"
        return await self._kept(tx, await suggestions.waiting(tx, near, guild, now=self._ctx.clock.now()))

    async def _first(self, tx: Transaction, permits: Sequence[Permit]) -> Post:
        found, me = await self._waiting(tx, permits), permits[0].actor.user
        if not found:
            return Post(body=(tr(texts.NOTHING_WAITS),))
        one, known = found[0]
        rest = len(found) - 1
        more = tr_many(" {n} more waits after it.", " {n} more wait after it.", rest) if rest else ""
        looks = await may_look(tx, permits[0].actor, one.creator)
        return texts.card(one, known, mine=one.writer == me, may=True, looks=looks, more=more)

    async def _mine(self, tx: Transaction, permits: Sequence[Permit], ref: DraftId | None) -> Post:
        guild, me = permits[0].actor.guild, permits[0].actor.user
        assert guild is not None, "only members of the server pass the door"
        near = {one.creator for one in permits}
        written = await suggestions.written(tx, me, guild, now=self._ctx.clock.now())
        found = await self._kept(tx, [one for one in written if one.creator in near])
        if not found:
            return Post(body=(tr(texts.NOTHING_YOURS),))
        before = next((at for at, (one, _) in enumerate(found) if one.draft == ref), -1)
        one, known = found[(before + 1) % len(found)]
        looks = await may_look(tx, permits[0].actor, one.creator)
        shown = texts.card(one, known, mine=True, may=False, looks=looks)
        return texts.with_next(shown, one.draft) if len(found) > 1 else shown

    async def _kept(
        self, tx: Transaction, found: Sequence[PostSuggestion]
    ) -> list[tuple[PostSuggestion, OpenProposal]]:
        """Those whose words are still kept."""
        kept = [(one, await self._record.get(tx, one.draft)) for one in found]
        return [(one, known) for one, known in kept if known is not None]
