"""Previews of a member's proposals, and the one press that counts (R9, R10).

One module, though a long one: a press is read from its staging to its effect, and each step checks again, in
a transaction of its own, what the one before has seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.access.permits import ActionConfirmation
from bot.engine.commands import CommandWish
from bot.engine.sending_pauses import why_not
from bot.features.publishing.proposals import texts
from bot.features.publishing.proposals.confirmation_rules import awaits_files, not_yet
from bot.features.publishing.proposals.model import (
    BACK,
    LOOKS,
    Also,
    Content,
    ProposalKind,
    ProposalPreview,
    ProposalRefused,
    nothing_else,
)
from bot.features.publishing.proposals.ports import SecondPersonPort
from bot.features.publishing.proposals.presses import PART, ProposalPress, is_about
from bot.features.publishing.proposals.records import OpenProposal, ProposalRecords
from bot.features.publishing.proposals.release_service import ProposalReleaseService
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr, tr_stored
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.message_template import CAME_FROM
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import outbox, stream_heads
from storage.inbox import templates
from storage.people import creators
from storage.records import Command, CommandId, DraftId, EffectId, Link, LinkState

_GONE = msgid("This Fanvue account is no longer connected. Connect it with /link first.")


class ProposalService:
    """Members' proposals for whole creators. Their permission was checked before each call."""

    def __init__(
        self,
        ctx: Context,
        *,
        record: ProposalRecords,
        features: Sequence[ProposalKind],
        leaving: ProposalReleaseService,
        second: SecondPersonPort | None = None,
    ) -> None:
        """`second`: has another person asked, where a preview says so."""
        self._ctx = ctx
        self._record = record
        self._features: Mapping[str, ProposalKind] = {feature.name: feature for feature in features}
        self._leaving = leaving
        self._second = second

    # ── the command ──

    async def stage(self, wish: CommandWish, link: Link, feature: str, content: Content) -> CommandId | None:
        """Keep what a member typed, before Discord is answered; None when it was kept already."""
        done = self._features[feature].done
        paused = await self._ctx.database.read(lambda tx: why_not(tx, link.creator, wish.actor, done))
        if paused is not None:
            raise ProposalRefused(paused)
        return await self._ctx.commands.stage(
            wish, action=f"{feature}.propose", target=link.id, creator=link.creator, body=content
        )

    async def show(self, command: CommandId, *, also: Also = nothing_else) -> Post:
        """Discord took the answer: the preview, with its two buttons.

        `also` is done in the transaction that keeps the preview: with what it raises, there is none.
        """
        if not await self._ctx.commands.accept(command):
            raise ProposalRefused(tr(texts.NOT_TAKEN))
        kept = await self._ctx.database.read(lambda tx: command_rows.get(tx, command))
        assert kept is not None, "it was just accepted"
        feature = self._features[kept.action.removesuffix(".propose")]
        link, content = await self._link(kept), self._ctx.commands.body(kept)
        try:
            now = await feature.preview(link, content)
            shown = replace(now, back=content.get(BACK), media=content.get(LOOKS, False))
        except DeliveryFailed as failed:
            raise ProposalRefused(
                texts.unseen(failed, feature.done, tr("Run {command} again", command=feature.command))
            ) from failed

        async def work(tx: Transaction) -> DraftId:
            await also(tx)
            if template := content.get(CAME_FROM):
                await templates.remember(tx, command, template, link.creator, now=self._ctx.clock.now())
            return await self._record.open(tx, kept, link, feature, shown)

        return texts.preview(await self._ctx.database.write(work), shown)

    async def content(self, draft: DraftId) -> Content:
        """The content that would be carried out for a preview just shown."""
        known = await self._ctx.database.read(lambda tx: self._record.get(tx, draft))
        return known.preview.content if known is not None else {}

    # ── the buttons ──

    async def stage_press(self, wish: CommandWish, draft: DraftId) -> CommandId | None:
        """Keep a press. Raises ProposalRefused for what is settled already, or is nobody's."""
        known = await self._ctx.database.read(lambda tx: self._record.get(tx, draft))
        if known is None or known.draft.owner != wish.actor or known.draft.guild != wish.guild:
            raise ProposalRefused(tr(texts.NOT_YOURS))
        if known.draft.state != "open":
            raise ProposalRefused(texts.settled(known.draft))
        return await self._ctx.commands.stage(
            wish, action=f"{known.feature}.press", target=draft, creator=known.draft.creator
        )

    async def confirm(
        self, command: CommandId, yes: ActionConfirmation, typed: str | None = None
    ) -> Post | str:
        """Act on [Confirm], whose answer Discord took: one effect, or why not; the preview shows it.

        `typed`: the text of the window by which a preview with many recipients is confirmed.
        """
        press = await self._ctx.database.write(lambda tx: self._press(tx, command, yes))
        if isinstance(press, str):
            return press
        if (wait := not_yet(press.open.preview, typed)) is not None:
            await self._ctx.commands.cancel(command)
            return texts.preview(press.open.draft.id, press.open.preview, wait)
        now = await self._looked_up(press, press.open.preview.content)
        if not isinstance(now, ProposalPreview):
            return now
        feature = self._features[press.open.feature]
        if not feature.holds(press.open.preview, now):
            return await self._show_anew(command, now, texts.overtaken(feature.done))
        return await self._ctx.database.write(partial(self._confirm, command=command, yes=yes))

    async def other(self, command: CommandId) -> Post | str:
        """Act on the button beside [Confirm], whose answer Discord took: show its offer instead."""
        press = await self._ctx.database.write(lambda tx: self._press(tx, command))
        if isinstance(press, str):
            return press
        now = await self._looked_up(press, press.open.preview.other_content)
        return await self._show_anew(command, now, None) if isinstance(now, ProposalPreview) else now

    async def instead(self, command: CommandId, content: Callable[[ProposalPreview], Content]) -> Post | str:
        """The press, whose answer Discord took, shows the preview of another content in its place.

        Raises ProposalRefused where there is none of it: then this one stays open.
        """
        press = await self._ctx.database.write(lambda tx: self._press(tx, command))
        if isinstance(press, str):
            return press
        now = await self._looked_up(press, content(press.open.preview), closes=False)
        return await self._show_anew(command, now, None) if isinstance(now, ProposalPreview) else now

    async def cancel(self, command: CommandId) -> Post | str:
        """Discord took the answer to [Cancel]."""
        return await self._close(command, "cancelled", self._cancelled)

    def _cancelled(self, known: OpenProposal) -> str:
        return texts.cancelled(known.preview.confirm, self._features[known.feature].done)

    async def details(self, note: EffectId) -> Post | str:
        """The subject of a note in the alerts channel."""

        async def work(tx: Transaction) -> Post | str:
            told = await outbox.get(tx, note)
            done = await outbox.get(tx, EffectId(told.cause)) if told is not None else None
            if done is None or done.part != PART:
                return tr(texts.NOT_YOURS)
            known = await self._record.get(tx, DraftId(done.cause))
            if known is None:
                return tr(texts.NOT_YOURS)
            stands = texts.now(
                done.state,
                self._features[known.feature],
                behind=await stream_heads.doubted_before(tx, done.id),
            )
            return texts.ended(known.post, known.preview.title, stands, done.state)

        return await self._ctx.database.read(work)

    async def _looked_up(
        self, press: ProposalPress, content: Content, *, closes: bool = True
    ) -> ProposalPreview | Post | str:
        """`closes`: what cannot be previewed any more is over. Else raises ProposalRefused."""
        feature = self._features[press.open.feature]
        try:
            now = await feature.preview(press.link, content)
            return replace(now, back=press.open.preview.back, media=press.open.preview.media)
        except DeliveryFailed as failed:
            await self._ctx.commands.cancel(press.command.id)
            note = texts.unseen(failed, feature.done, tr("Press again"))
            if not closes:
                raise ProposalRefused(note) from failed
            return texts.preview(press.open.draft.id, press.open.preview, note)
        except ProposalRefused as refused:
            if not closes:
                await self._ctx.commands.cancel(press.command.id)
                raise
            why = refused.sentence
            return await self._close(press.command.id, "changed", lambda _: why)

    # ── one transaction each ──

    async def _press(
        self, tx: Transaction, command: CommandId, yes: ActionConfirmation | None = None
    ) -> ProposalPress | str:
        """Whether this press may count at this moment; if not, the draft is closed and the words say why.

        `yes`: a press of [Confirm], which has to be about this draft (NotConfirmed).
        """
        kept = await command_rows.get(tx, command)
        if yes is not None and kept is not None:
            is_about(yes, kept)
        known = await self._record.get(tx, DraftId(kept.target)) if kept is not None else None
        if kept is None or known is None or kept.state != "staged":
            return tr(texts.NOT_TAKEN)
        if known.draft.state != "open":
            await command_rows.accept(tx, command)
            return texts.settled(known.draft)
        link = await creators.open_link(tx, kept.creator) if kept.creator else None
        closed = texts.why_closed(
            known.draft,
            self._features[known.feature],
            link,
            (known.link, known.generation),
            now=self._ctx.clock.now(),
        )
        if closed is None and link is not None:
            return ProposalPress(kept, known, link)
        word, sentence = closed or ("unlinked", tr(_GONE))
        await command_rows.accept(tx, command)
        await self._record.close(tx, known, kept, word)
        return sentence

    async def _confirm(self, tx: Transaction, command: CommandId, yes: ActionConfirmation) -> Post | str:
        press = await self._press(tx, command, yes)
        if isinstance(press, str):
            return press
        known, kept = press.open, press.command
        feature = self._features[known.feature]
        wait = awaits_files(known.preview) or await why_not(tx, press.link.creator, kept.actor, feature.done)
        if wait is not None:
            await command_rows.cancel(tx, command)
            return texts.preview(known.draft.id, known.preview, tr_stored(wait))
        if known.preview.second:
            return await self._ask(tx, press, yes)
        if not await command_rows.accept(tx, command):
            return tr(texts.NOT_TAKEN)
        effect = self._ctx.effects.ids.effect(known.draft.id, PART)
        if not await self._record.close(tx, known, kept, "confirmed", effect=effect):
            return await self._too_late(tx, known.draft.id)
        return (await self._leaving.leave(tx, press, feature))()

    async def _ask(self, tx: Transaction, press: ProposalPress, yes: ActionConfirmation) -> Post | str:
        """Nothing leaves by this press: somebody else is asked."""
        known, kept, second = press.open, press.command, self._second
        assert second is not None, "what builds such features asks a second person"
        if (alone := await second.nobody_else(tx, press, yes.by)) is not None:
            await command_rows.cancel(tx, kept.id)
            return texts.preview(known.draft.id, known.preview, alone)
        if not await command_rows.accept(tx, kept.id):
            return tr(texts.NOT_TAKEN)
        if not await self._record.close(tx, known, kept, "confirmed"):
            return await self._too_late(tx, known.draft.id)
        return await second.ask(tx, press, yes.by)

    async def _too_late(self, tx: Transaction, draft: DraftId) -> str:
        known = await self._record.get(tx, draft)
        return texts.settled(known.draft) if known is not None else tr(texts.NOT_YOURS)

    async def _close(self, command: CommandId, how: str, say: Callable[[OpenProposal], str]) -> str:
        async def work(tx: Transaction) -> str:
            press = await self._press(tx, command)
            if isinstance(press, str):
                return press
            if not await command_rows.accept(tx, command):
                return tr(texts.NOT_TAKEN)
            if not await self._record.close(tx, press.open, press.command, how):
                return await self._too_late(tx, press.open.draft.id)
            return say(press.open)

        return await self._ctx.database.write(work)

    async def _show_anew(self, command: CommandId, now: ProposalPreview, note: str | None) -> Post | str:
        async def work(tx: Transaction) -> Post | str:
            press = await self._press(tx, command)
            if isinstance(press, str):
                return press
            if not await command_rows.accept(tx, command):
                return tr(texts.NOT_TAKEN)
            if not await self._record.close(tx, press.open, press.command, "replaced"):
                return await self._too_late(tx, press.open.draft.id)
            feature = self._features[press.open.feature]
            version = press.open.draft.version + 1
            draft = await self._record.open(tx, press.command, press.link, feature, now, version=version)
            return texts.preview(draft, now, note)

        return await self._ctx.database.write(work)

    async def _link(self, kept: Command) -> Link:
        assert kept.creator is not None, "a proposal is about a creator"
        creator = kept.creator
        link = await self._ctx.database.read(lambda tx: creators.open_link(tx, creator))
        if link is None or link.id != kept.target or link.state is LinkState.UNLINKING:
            raise ProposalRefused(tr(_GONE))
        return link
