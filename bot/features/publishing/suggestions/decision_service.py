"""Publish, refuse, return, take back: one decision for each version of a post."""

from dataclasses import replace
from functools import partial

from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.engine.sending_pauses import why_not
from bot.features.publishing.proposals import texts as proposals_texts
from bot.features.publishing.proposals.model import ProposalKind, ProposalPreview, ProposalRefused
from bot.features.publishing.proposals.presses import PART, ProposalPress
from bot.features.publishing.proposals.release_service import ProposalReleaseService
from bot.features.publishing.suggestions import texts as suggestions_texts
from bot.features.publishing.suggestions.cases import SuggestionCase, SuggestionCases, SuggestionPresser
from bot.features.publishing.suggestions.notices import SuggestionNotices
from bot.model.errors import DeliveryFailed
from bot.model.language import tr, tr_stored
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.records import CommandId


class SuggestionDecisionService:
    """Decisions on suggestions; permission is checked on entry and again with each."""

    def __init__(
        self,
        ctx: Context,
        *,
        cases: SuggestionCases,
        telling: SuggestionNotices,
        leaving: ProposalReleaseService,
        feature: ProposalKind,
    ) -> None:
        self._ctx = ctx
        self._cases = cases
        self._telling = telling
        self._leaving = leaving
        self._feature = feature

    async def approve(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        """It is published once; or why not, and how it is now."""
        case = await self._ctx.database.write(lambda tx: self._case(tx, command, yes))
        if not isinstance(case, SuggestionCase):
            return case
        try:
            now = await self._feature.preview(case.link, case.open.preview.content)
        except DeliveryFailed as failed:
            await self._ctx.commands.cancel(command)
            return case.card(proposals_texts.unseen(failed, self._feature.done, tr("Press again")))
        except ProposalRefused as refused:
            await self._ctx.commands.cancel(command)  # it goes on to wait: an edit may be all that it needs
            return case.card(refused.sentence)
        if not self._feature.holds(case.open.preview, now):
            return await self._ctx.database.write(lambda tx: self._anew(tx, command, yes, now))
        return await self._ctx.database.write(partial(self._approve, command=command, yes=yes))

    async def refuse(self, command: CommandId, actor: Actor) -> Post | str:
        return await self._ctx.database.write(
            lambda tx: self._end(
                tx, command, actor, SuggestionPresser.MANAGER, "refused", tr(suggestions_texts.REFUSED)
            )
        )

    async def take_back(self, command: CommandId, actor: Actor) -> Post | str:
        """Its writer does not want it published any more."""
        return await self._ctx.database.write(
            lambda tx: self._end(
                tx, command, actor, SuggestionPresser.WRITER, "withdrawn", tr(suggestions_texts.TAKEN_BACK)
            )
        )

    async def give_back(self, command: CommandId, actor: Actor) -> Post | str:
        """Its writer has it again, with what the command says; it waits for them."""
        return await self._ctx.database.write(lambda tx: self._give_back(tx, command, actor))

    # ── one transaction each ──

    async def _case(
        self, tx: Transaction, command: CommandId, yes: ActionConfirmation
    ) -> SuggestionCase | Post | str:
        case = await self._cases.of(tx, command, yes.by, SuggestionPresser.MANAGER)
        if isinstance(case, SuggestionCase):
            yes.question(Action.POST)
            yes.pressed(case.kept)
            yes.concerns(case.one.creator)
        return case

    async def _approve(self, tx: Transaction, command: CommandId, yes: ActionConfirmation) -> Post | str:
        case = await self._case(tx, command, yes)
        if not isinstance(case, SuggestionCase):
            return case
        paused = await why_not(tx, case.one.creator, yes.by.user, self._feature.done)
        if paused is not None:
            await command_rows.cancel(tx, command)
            return case.card(tr_stored(paused))
        if not await command_rows.accept(tx, command):
            return tr(proposals_texts.NOT_TAKEN)
        ref = case.open.draft.id
        effect = self._ctx.effects.ids.effect(ref, PART)
        # Settled in the transaction that adds the effect: of two who press at once, one is too late.
        if not await self._cases.closes(tx, case, "confirmed", effect=effect):
            return tr(proposals_texts.NOT_TAKEN)
        await self._telling.became(tx, case.one, "confirmed", case.kept)
        shown = replace(case.open, preview=suggestions_texts.credited(case.one, case.open.preview))
        press = ProposalPress(case.kept, shown, case.link)
        return (await self._leaving.leave(tx, press, self._feature))()

    async def _anew(
        self, tx: Transaction, command: CommandId, yes: ActionConfirmation, now: ProposalPreview
    ) -> Post | str:
        """Let it wait as it is now, for those who may publish it: something looked up has changed."""
        case = await self._case(tx, command, yes)
        if not isinstance(case, SuggestionCase):
            return case
        if not await command_rows.accept(tx, command):
            return tr(proposals_texts.NOT_TAKEN)
        newer = await self._cases.follows(tx, case, now, "replaced", edited_by=case.one.edited_by, own=False)
        return (
            newer.card(tr(suggestions_texts.CHANGED)) if newer is not None else tr(proposals_texts.NOT_TAKEN)
        )

    async def _end(
        self, tx: Transaction, command: CommandId, actor: Actor, whose: SuggestionPresser, how: str, said: str
    ) -> Post | str:
        case = await self._cases.of(tx, command, actor, whose)
        if not isinstance(case, SuggestionCase):
            return case
        if not await command_rows.accept(tx, command) or not await self._cases.closes(tx, case, how):
            return tr(proposals_texts.NOT_TAKEN)
        await self._telling.became(tx, case.one, how, case.kept)
        return said

    async def _give_back(self, tx: Transaction, command: CommandId, actor: Actor) -> Post | str:
        case = await self._cases.of(tx, command, actor, SuggestionPresser.MANAGER)
        if not isinstance(case, SuggestionCase):
            return case
        if not await command_rows.accept(tx, command):
            return tr(proposals_texts.NOT_TAKEN)
        why = suggestions_texts.returned(actor.user, self._ctx.commands.body(case.kept)["why"])
        shown = replace(case.open.preview, body=(why, *case.open.preview.body))
        own = await self._cases.follows(tx, case, shown, "returned", edited_by=case.one.edited_by, own=True)
        if own is None:
            return tr(proposals_texts.NOT_TAKEN)
        await self._telling.became(tx, case.one, "returned", case.kept)
        return suggestions_texts.given_back(case.one)
