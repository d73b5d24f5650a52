"""The second person's word on a mass message: confirmed once, refused, taken back."""

from dataclasses import dataclass
from functools import partial

from bot.access.permits import ActionConfirmation, Actor, authorize
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.engine.sending_pauses import why_not
from bot.features.publishing.proposals import texts
from bot.features.publishing.proposals.model import ProposalKind, ProposalRefused
from bot.features.publishing.proposals.presses import ProposalPress
from bot.features.publishing.proposals.records import OpenProposal, ProposalRecords
from bot.features.publishing.proposals.release_service import ProposalReleaseService
from bot.features.publishing.safety import second_person_texts as wording
from bot.features.publishing.safety.second_person_notices import SecondPersonNotices
from bot.model.errors import DeliveryFailed
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.people import creators
from storage.publishing import mass_requests
from storage.publishing.mass_requests import MassRequest
from storage.records import Command, CommandId, DraftId, Link, LinkState


@dataclass(frozen=True)
class _SecondPersonCase:
    request: MassRequest
    open: OpenProposal
    link: Link


class SecondPersonService:
    """The second person's decisions; permission is checked on entry and again with each."""

    def __init__(
        self,
        ctx: Context,
        *,
        record: ProposalRecords,
        leaving: ProposalReleaseService,
        telling: SecondPersonNotices,
        feature: ProposalKind,
    ) -> None:
        self._ctx = ctx
        self._record = record
        self._leaving = leaving
        self._telling = telling
        self._feature = feature

    async def look(self, actor: Actor, ref: DraftId) -> Post | str:
        """All of it, privately, with what this person may do about it."""

        async def work(tx: Transaction) -> Post | str:
            request, known = await mass_requests.get(tx, ref), await self._record.get(tx, ref)
            if request is None or request.guild != actor.guild:
                return tr(wording.NOT_HERE)
            if known is None:
                return tr(wording.NOT_KEPT)
            if request.state != "open":
                return wording.closed(known.post, request)
            return wording.card(request, known.preview, own=request.proposer == actor.user)

        return await self._ctx.database.read(work)

    async def stage(self, wish: CommandWish, ref: DraftId) -> CommandId | None:
        """Keep a press before Discord is answered. Raises ProposalRefused for what is settled."""
        request = await self._ctx.database.read(lambda tx: mass_requests.get(tx, ref))
        if request is None or request.guild != wish.guild:
            raise ProposalRefused(tr(wording.NOT_HERE))
        if request.state != "open":
            raise ProposalRefused(wording.decided(request))
        return await self._ctx.commands.stage(
            wish, action="mass.second.press", target=ref, creator=request.creator
        )

    async def approve(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        """It leaves once; or why not, and whether it still waits."""
        case = await self._ctx.database.write(lambda tx: self._case(tx, command, yes))
        if not isinstance(case, _SecondPersonCase):
            return case
        try:
            now = await self._feature.preview(case.link, case.open.preview.content)
        except DeliveryFailed as failed:
            await self._ctx.commands.cancel(command)
            note = texts.unseen(failed, self._feature.done, tr("Press again"))
            return wording.card(case.request, case.open.preview, own=False, note=note)
        except ProposalRefused as refused:
            return await self._ends(command, "changed", refused.sentence)
        if not self._feature.holds(case.open.preview, now):
            return await self._ends(command, "changed", tr(wording.CHANGED))
        return await self._ctx.database.write(partial(self._approve, command=command, yes=yes))

    async def refuse(self, command: CommandId, actor: Actor) -> Post | str:
        """Refuse it, or take it back for its proposer; it does not go out."""

        async def work(tx: Transaction) -> Post | str:
            kept = await command_rows.get(tx, command)
            request = await mass_requests.get(tx, DraftId(kept.target)) if kept is not None else None
            if kept is None or request is None or not await command_rows.accept(tx, command):
                return tr(wording.NOT_TAKEN)
            if await authorize(tx, actor, Action.MASS, request.creator) is None:
                return tr(wording.NOT_HERE)
            how = "withdrawn" if request.proposer == actor.user else "refused"
            return await self._end(tx, request, kept, how)

        return await self._ctx.database.write(work)

    # ── one transaction each ──

    async def _case(
        self, tx: Transaction, command: CommandId, yes: ActionConfirmation
    ) -> _SecondPersonCase | Post | str:
        """The case that this press may send now; else the words say why it does not."""
        kept = await command_rows.get(tx, command)
        request = await mass_requests.get(tx, DraftId(kept.target)) if kept is not None else None
        if kept is None or request is None or kept.state != "staged":
            return tr(wording.NOT_TAKEN)
        yes.question(Action.MASS)
        yes.pressed(kept)
        yes.concerns(request.creator)
        if await authorize(tx, yes.by, Action.MASS, request.creator) is None:
            return await self._stays(tx, kept, tr(wording.NOT_HERE))
        if request.state != "open":
            return await self._stays(tx, kept, wording.decided(request))
        if request.proposer == yes.by.user:
            return await self._stays(tx, kept, tr(wording.OWN))
        return await self._still(tx, request, kept)

    async def _still(
        self, tx: Transaction, request: MassRequest, kept: Command
    ) -> _SecondPersonCase | Post | str:
        """Everything under which it was proposed still holds, or it ends here."""
        known = await self._record.get(tx, request.draft)
        link = await creators.open_link(tx, request.creator)
        proposer = Actor(request.proposer, request.guild, request.roles)
        if known is None:
            return await self._end(tx, request, kept, "changed", tr(wording.NOT_KEPT))
        if link is None or link.state is LinkState.UNLINKING or not _same(link, known):
            return await self._end(tx, request, kept, "unlinked", tr(wording.UNLINKED))
        if await authorize(tx, proposer, Action.MASS, request.creator) is None:
            return await self._end(tx, request, kept, "no_right", tr(wording.NO_RIGHT))
        for who in (request.proposer, kept.actor):
            paused = await why_not(tx, request.creator, who)
            if paused is not None:
                await command_rows.cancel(tx, kept.id)
                return wording.card(request, known.preview, own=False, note=paused)
        return _SecondPersonCase(request, known, link)

    async def _approve(self, tx: Transaction, command: CommandId, yes: ActionConfirmation) -> Post | str:
        case = await self._case(tx, command, yes)
        if not isinstance(case, _SecondPersonCase):
            return case
        first = await command_rows.get(tx, case.request.command)
        if first is None or not await command_rows.accept(tx, command):
            return tr(wording.NOT_TAKEN)
        draft, by = case.request.draft, yes.by.user
        # Claimed in the transaction that adds the effect: of two who press at once, one is too late.
        if not await mass_requests.settle(tx, draft, "approved", by=by, now=self._ctx.clock.now()):
            return await self._late(tx, case.request)
        shown = await self._leaving.leave(
            tx, ProposalPress(first, case.open, case.link, second=by), self._feature
        )
        await self._telling.ended(tx, case.request, shown)
        return wording.seconded(shown())

    async def _ends(self, command: CommandId, how: str, sentence: str) -> Post | str:
        async def work(tx: Transaction) -> Post | str:
            kept = await command_rows.get(tx, command)
            request = await mass_requests.get(tx, DraftId(kept.target)) if kept is not None else None
            if kept is None or request is None:
                return tr(wording.NOT_TAKEN)
            return await self._end(tx, request, kept, how, sentence)

        return await self._ctx.database.write(work)

    async def _end(
        self, tx: Transaction, request: MassRequest, kept: Command, how: str, sentence: str | None = None
    ) -> Post | str:
        await command_rows.accept(tx, kept.id)
        if not await mass_requests.settle(tx, request.draft, how, by=kept.actor, now=self._ctx.clock.now()):
            return await self._late(tx, request)
        known, now = await self._record.get(tx, request.draft), await mass_requests.get(tx, request.draft)
        assert now is not None, "it was just settled"
        closed = partial(wording.closed, known.post, now) if known is not None else None
        await self._telling.ended(tx, request, closed)
        return sentence or (closed() if closed is not None else wording.decided(now))

    async def _stays(self, tx: Transaction, kept: Command, sentence: str) -> str:
        await command_rows.accept(tx, kept.id)
        return sentence

    async def _late(self, tx: Transaction, request: MassRequest) -> str:
        now = await mass_requests.get(tx, request.draft)
        if now is None or now.state == "open":  # its time is over, and the look that says so comes soon
            return tr(wording.OVER)
        return wording.decided(now)


def _same(link: Link, known: OpenProposal) -> bool:
    return (link.id, link.generation) == (known.link, known.generation)
