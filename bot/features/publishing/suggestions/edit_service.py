"""A suggested post is changed, by its writer or a manager, or put up again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.access.permits import Actor
from bot.engine.commands import CommandWish
from bot.features.publishing.posts.plan_rules import as_typed, retyped, unpacked
from bot.features.publishing.proposals import texts as proposals_texts
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.features.publishing.suggestions import texts as suggestions_texts
from bot.features.publishing.suggestions.cases import SuggestionCase, SuggestionCases, SuggestionPresser
from bot.features.publishing.suggestions.notices import SuggestionNotices
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.publishing import suggestions
from storage.records import CommandId, DraftId


class SuggestionEditService:
    """Keeps what is typed and pressed about suggested posts, and has each change looked at as a post is."""

    def __init__(
        self,
        ctx: Context,
        *,
        cases: SuggestionCases,
        telling: SuggestionNotices,
        feature: ProposalKind,
    ) -> None:
        self._ctx = ctx
        self._cases = cases
        self._telling = telling
        self._feature = feature

    async def stage(
        self, wish: CommandWish, ref: DraftId, body: Mapping[str, Any] | None = None
    ) -> CommandId | None:
        """Keep a press, or what was typed, before Discord is answered. Raises ProposalRefused."""
        one = await self._ctx.database.read(lambda tx: suggestions.get(tx, ref))
        if one is None or one.guild != wish.guild:
            raise ProposalRefused(tr(suggestions_texts.NOT_HERE))
        return await self._ctx.commands.stage(
            wish, action="postask.decide.press", target=ref, creator=one.creator, body=body
        )

    async def window(self, actor: Actor, ref: DraftId) -> Mapping[str, str]:
        """The contents of the Edit window. Raises ProposalRefused for one that is not there to be changed."""
        content = await self._ctx.database.read(lambda tx: self.content(tx, actor, ref))
        return as_typed(unpacked(content))

    async def edit(self, command: CommandId, actor: Actor) -> Post | str:
        """The next version, as it was typed. Raises ProposalRefused for what is no post."""
        kept = await self._ctx.database.read(lambda tx: command_rows.get(tx, command))
        body = self._ctx.commands.body(kept) if kept is not None else {}
        now = self._ctx.clock.now()
        return await self.remake(
            command,
            actor,
            lambda content: retyped(unpacked(content), body["fields"], body["price"], now).packed(),
        )

    async def remake(
        self, command: CommandId, actor: Actor, made: Callable[[Content], Content]
    ) -> Post | str:
        """The next version, which everybody sees from now on: what is `made` of the one before.

        Raises ProposalRefused for what is no post, and where it is another one by now.
        """
        case = await self._ctx.database.write(
            lambda tx: self._cases.of(tx, command, actor, SuggestionPresser.EITHER)
        )
        if not isinstance(case, SuggestionCase):
            raise ProposalRefused(tr(suggestions_texts.NEWER_TYPED) if isinstance(case, Post) else case)
        try:
            now = await self._feature.preview(case.link, made(case.open.preview.content))
        except DeliveryFailed as failed:
            await self._ctx.commands.cancel(command)
            raise ProposalRefused(
                proposals_texts.unseen(failed, msgid("changed"), tr("Try again"))
            ) from failed
        except ProposalRefused:
            await self._ctx.commands.cancel(command)
            raise
        said = await self._ctx.database.write(lambda tx: self._edit(tx, command, actor, now))
        if isinstance(said, str):
            raise ProposalRefused(said)
        return said

    async def again(self, command: CommandId, actor: Actor) -> Post | str:
        """Let a returned one wait for a manager again."""
        case = await self._ctx.database.write(
            lambda tx: self._cases.of(tx, command, actor, SuggestionPresser.WRITER)
        )
        if not isinstance(case, SuggestionCase):
            return case
        try:
            now = await self._feature.preview(case.link, case.open.preview.content)
        except DeliveryFailed as failed:
            await self._ctx.commands.cancel(command)
            return case.card(proposals_texts.unseen(failed, msgid("submitted"), tr("Press again")))
        except ProposalRefused as refused:
            await self._ctx.commands.cancel(command)
            return case.card(refused.sentence)
        return await self._ctx.database.write(lambda tx: self._again(tx, command, actor, now))

    async def show(self, actor: Actor, ref: DraftId) -> Post:
        """Its card, for somebody who may change it. Raises ProposalRefused."""
        return await self._ctx.database.read(lambda tx: self._cases.shown(tx, actor, ref))

    # ── one transaction each ──

    async def content(self, tx: Transaction, actor: Actor, ref: DraftId) -> Content:
        """What it says now, for somebody who may change it. Raises ProposalRefused."""
        one = await suggestions.get(tx, ref)
        mine, may = await self._cases.reads(tx, one, actor) if one is not None else (False, False)
        if one is None or not (mine or may):
            raise ProposalRefused(tr(suggestions_texts.NOT_HERE))
        return await self._cases.content(tx, one, mine=mine)

    async def _edit(
        self, tx: Transaction, command: CommandId, actor: Actor, now: ProposalPreview
    ) -> Post | str:
        case = await self._cases.of(tx, command, actor, SuggestionPresser.EITHER)
        if not isinstance(case, SuggestionCase):
            return tr(suggestions_texts.NEWER_TYPED) if isinstance(case, Post) else case
        if not await command_rows.accept(tx, command):
            return tr(proposals_texts.NOT_TAKEN)
        own = case.open.draft.owner is not None
        if own:  # what was said of it stays above it
            now = replace(now, body=(case.open.preview.body[0], *now.body))
        newer = await self._cases.follows(tx, case, now, "replaced", edited_by=actor.user, own=own)
        if newer is None:
            return tr(proposals_texts.NOT_TAKEN)
        if not own:
            await self._telling.became(tx, newer.one, "changed", case.kept)
        return newer.card(tr(suggestions_texts.KEPT))

    async def _again(
        self, tx: Transaction, command: CommandId, actor: Actor, now: ProposalPreview
    ) -> Post | str:
        case = await self._cases.of(tx, command, actor, SuggestionPresser.WRITER)
        if not isinstance(case, SuggestionCase):
            return case
        if case.open.draft.owner is None:
            await command_rows.accept(tx, command)
            return case.card()
        if not await command_rows.accept(tx, command):
            return tr(proposals_texts.NOT_TAKEN)
        newer = await self._cases.follows(tx, case, now, "again", edited_by=case.one.edited_by, own=False)
        if newer is None:
            return tr(proposals_texts.NOT_TAKEN)
        await self._telling.became(tx, newer.one, "again", case.kept)
        return newer.card(tr(suggestions_texts.PUT_UP))
