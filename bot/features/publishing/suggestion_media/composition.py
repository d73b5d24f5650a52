"""A suggested post that media are chosen for: the port of the picker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.access.permits import Actor, Permit
from bot.engine.input_windows import InputWindowExpired, InputWindowHolder, InputWindows
from bot.features.inbox.reply_media.bundles import SavedSets
from bot.features.publishing.picker.incoming_files import with_arrived
from bot.features.publishing.picker.model import Change, PickedMessage, PickerBundle, PickerStep
from bot.features.publishing.picker.packing import packed, unpacked, with_text_of
from bot.features.publishing.post_media.content_rules import message_in, with_message
from bot.features.publishing.proposals.model import ProposalRefused
from bot.features.publishing.suggestions.edit_service import SuggestionEditService
from bot.features.publishing.suggestions.texts import NEWER_PRESS
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.records import CommandId, CreatorId, DraftId

OVERTAKEN = msgid(
    "Someone changed this post while you chose, so your choice was not saved. See yours "
    "in /post suggested, all that wait in /post review."
)
WINDOW = "suggest.media"  # the kind of the window; its button is called so, too


@dataclass(frozen=True)
class _SuggestionGallery:
    """Somebody's window over a suggested post. Its text stays in the suggestion, sealed."""

    target: dict[str, Any]
    now: PickedMessage


class SuggestionComposition:
    """What is chosen lies in its person's own window: the post is as it was before their [Done]."""

    prefix = "pick.suggest"
    title = msgid("Media and price of the suggested post")
    noun = msgid("draft")

    def __init__(self, ctx: Context, *, rewriting: SuggestionEditService, sets: SavedSets) -> None:
        self._ctx = ctx
        self._rewriting = rewriting
        self._sets = sets
        self._windows = InputWindows(WINDOW, clock=ctx.clock, ids=ctx.ids)

    def ends(self, ref: str) -> Sequence[Button]:
        """The buttons below."""
        return (
            Button(f"{self.prefix}.done", ref, tr("Done"), "primary", begins=True),
            Button(f"{self.prefix}.keep", ref, tr("Cancel")),
        )

    async def begin(self, permit: Permit, suggestion: DraftId) -> DraftId:
        """The reference of a gallery over it. Raises ProposalRefused for one that cannot be changed."""

        async def work(tx: Transaction) -> DraftId:
            await self._rewriting.content(tx, permit.actor, suggestion)
            holder = InputWindowHolder(permit.actor.user, permit.creator, permit.actor.guild)
            return await self._windows.open(tx, holder, {"suggestion": suggestion})

        return await self._ctx.database.write(work)

    async def whose(self, ref: str) -> CreatorId | None:
        """About which creator a gallery is; whose it is, its steps ask."""
        window = await self._ctx.database.read(lambda tx: self._windows.of(tx, DraftId(ref)))
        return window.creator if window is not None else None

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        """Raises ProposalRefused where it is not theirs or settled, PickRefused for what it cannot be."""

        async def work(tx: Transaction) -> PickedMessage:
            opened = await self._open(tx, step)
            before = await with_arrived(tx, opened.now)
            after = with_text_of(before, change(before))
            if packed(after) != packed(opened.now):
                await self._windows.note(tx, step.ref, {**opened.target, "picked": packed(after)})
            return after

        return await self._ctx.database.write(work)

    async def bundles(self, step: PickerStep) -> Sequence[PickerBundle]:
        """Saved sets, filled in for many."""
        return await self._sets.of(step)

    async def suggestion(self, step: PickerStep) -> DraftId:
        """The post of this gallery. Raises ProposalRefused."""
        opened = await self._ctx.database.read(lambda tx: self._open(tx, step))
        return DraftId(opened.target["suggestion"])

    async def keep(self, step: PickerStep) -> Post:
        """The post as it is: what was chosen over it is left out. Raises ProposalRefused."""
        return await self._rewriting.show(step.permit.actor, await self.suggestion(step))

    async def save(self, command: CommandId, actor: Actor, step: PickerStep) -> Post | str:
        """The next version of the post, with what was chosen. Raises ProposalRefused."""
        now = await self.change(step, lambda now: now)
        said = await self._rewriting.remake(
            command, actor, lambda content: with_message(content, now.message)
        )
        await self._ctx.database.write(lambda tx: self._windows.saved(tx, step.ref, _holder(step)))
        return said

    async def _open(self, tx: Transaction, step: PickerStep) -> _SuggestionGallery:
        try:
            target = await self._windows.saving(tx, step.ref, _holder(step))
        except InputWindowExpired as over:
            raise ProposalRefused(str(over)) from over
        try:
            content = await self._rewriting.content(tx, step.permit.actor, DraftId(target["suggestion"]))
        except ProposalRefused as refused:
            raise ProposalRefused(
                tr(OVERTAKEN) if refused.sentence == tr(NEWER_PRESS) else str(refused)
            ) from refused
        return _SuggestionGallery(target, unpacked(step.ref, message_in(content), target.get("picked")))


def _holder(step: PickerStep) -> InputWindowHolder:
    return InputWindowHolder(step.actor, step.permit.creator, step.guild)
