"""Publish, refuse, return, take back: one decision for each version of a post."""

from dataclasses import replace
from functools import partial

from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.engine.commands import Commands
from bot.engine.outbox import Effects
from bot.engine.sending_pauses import why_not
from bot.model.errors import DeliveryFailed
from bot.model.ports import Post
from bot.proposals import words
from bot.proposals.features import Feature, Preview, ProposalRefused
from bot.proposals.leaving import Leaving
from bot.proposals.pressed import PART, Press
from bot.suggestions import wording
from bot.suggestions.cases import Case, Cases, Whose
from bot.suggestions.telling import Telling
from storage.database import Database, Transaction
from storage.engine import commands as command_rows
from storage.records import CommandId


class Deciding:
    """Whoever presses was let in at the door; whether they may is asked again with the decision."""

    def __init__(
        self,
        *,
        database: Database,
        commands: Commands,
        cases: Cases,
        telling: Telling,
        leaving: Leaving,
        effects: Effects,
        feature: Feature,
    ) -> None:
        self._database = database
        self._commands = commands
        self._cases = cases
        self._telling = telling
        self._leaving = leaving
        self._effects = effects
        self._feature = feature

    async def approve(self, command: CommandId, yes: ActionConfirmation) -> Post | str:
        """It is published once; or why not, and how it is now."""
        case = await self._database.write(lambda tx: self._case(tx, command, yes))
        if not isinstance(case, Case):
            return case
        try:
            now = await self._feature.preview(case.link, case.open.preview.content)
        except DeliveryFailed as failed:
            await self._commands.cancel(command)
            return case.card(words.unseen(failed, "Press again"))
        except ProposalRefused as refused:
            await self._commands.cancel(command)  # it goes on to wait: an edit may be all that it needs
            return case.card(refused.sentence)
        if not self._feature.holds(case.open.preview, now):
            return await self._database.write(lambda tx: self._anew(tx, command, yes, now))
        return await self._database.write(partial(self._approve, command=command, yes=yes))

    async def refuse(self, command: CommandId, actor: Actor) -> Post | str:
        """It is not published."""
        return await self._database.write(
            lambda tx: self._end(tx, command, actor, Whose.MANAGER, "refused", wording.REFUSED)
        )

    async def take_back(self, command: CommandId, actor: Actor) -> Post | str:
        """Its writer does not want it published any more."""
        return await self._database.write(
            lambda tx: self._end(tx, command, actor, Whose.WRITER, "withdrawn", wording.TAKEN_BACK)
        )

    async def give_back(self, command: CommandId, actor: Actor) -> Post | str:
        """Its writer has it again, with what the command says; it waits for them."""
        return await self._database.write(lambda tx: self._give_back(tx, command, actor))

    # ── one transaction each ──

    async def _case(self, tx: Transaction, command: CommandId, yes: ActionConfirmation) -> Case | Post | str:
        case = await self._cases.of(tx, command, yes.by, Whose.MANAGER)
        if isinstance(case, Case):
            yes.question(Action.POST)
            yes.pressed(case.kept)
            yes.concerns(case.one.creator)
        return case

    async def _approve(self, tx: Transaction, command: CommandId, yes: ActionConfirmation) -> Post | str:
        case = await self._case(tx, command, yes)
        if not isinstance(case, Case):
            return case
        paused = await why_not(tx, case.one.creator, yes.by.user)
        if paused is not None:
            await command_rows.cancel(tx, command)
            return case.card(paused)
        if not await command_rows.accept(tx, command):
            return words.NOT_TAKEN
        ref = case.open.draft.id
        effect = self._effects.ids.effect(ref, PART)
        # Settled in the transaction that adds the effect: of two who press at once, one is too late.
        if not await self._cases.closes(tx, case, "confirmed", effect=effect):
            return words.NOT_TAKEN
        await self._telling.became(tx, case.one, "confirmed", case.kept)
        shown = replace(case.open, preview=wording.credited(case.one, case.open.preview))
        return await self._leaving.leave(tx, Press(case.kept, shown, case.link), self._feature)

    async def _anew(
        self, tx: Transaction, command: CommandId, yes: ActionConfirmation, now: Preview
    ) -> Post | str:
        """Something that was looked up is otherwise: it waits as it is now, for whoever may publish it."""
        case = await self._case(tx, command, yes)
        if not isinstance(case, Case):
            return case
        if not await command_rows.accept(tx, command):
            return words.NOT_TAKEN
        newer = await self._cases.follows(tx, case, now, "replaced", edited_by=case.one.edited_by, own=False)
        return newer.card(wording.CHANGED) if newer is not None else words.NOT_TAKEN

    async def _end(
        self, tx: Transaction, command: CommandId, actor: Actor, whose: Whose, how: str, said: str
    ) -> Post | str:
        case = await self._cases.of(tx, command, actor, whose)
        if not isinstance(case, Case):
            return case
        if not await command_rows.accept(tx, command) or not await self._cases.closes(tx, case, how):
            return words.NOT_TAKEN
        await self._telling.became(tx, case.one, how, case.kept)
        return said

    async def _give_back(self, tx: Transaction, command: CommandId, actor: Actor) -> Post | str:
        case = await self._cases.of(tx, command, actor, Whose.MANAGER)
        if not isinstance(case, Case):
            return case
        if not await command_rows.accept(tx, command):
            return words.NOT_TAKEN
        why = wording.returned(actor.user, self._commands.body(case.kept)["why"])
        shown = replace(case.open.preview, body=(why, *case.open.preview.body))
        own = await self._cases.follows(tx, case, shown, "returned", edited_by=case.one.edited_by, own=True)
        if own is None:
            return words.NOT_TAKEN
        await self._telling.became(tx, case.one, "returned", case.kept)
        return wording.given_back(case.one)
