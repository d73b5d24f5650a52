"""The preview of a post or mass message that media are chosen for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.features.inbox.reply_media.bundles import SavedSets
from bot.features.publishing.picker.incoming_files import with_arrived
from bot.features.publishing.picker.model import (
    Change,
    PickedMessage,
    PickerBundle,
    PickerStep,
    files_of,
    shelf_of,
)
from bot.features.publishing.picker.rules import PickRefused
from bot.features.publishing.post_media.content_rules import PICKED, message_in, with_message
from bot.features.publishing.proposals import texts
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from bot.features.publishing.proposals.records import LIFE, OpenProposal, ProposalRecords
from bot.model.language import msgid, tr
from bot.model.ports import Button, MessageToFan
from bot.relay.context import Context
from bot.text.reply_rules import NOT_CHANGED, ReplyRefused, begin
from storage.database import Transaction
from storage.people import creators
from storage.records import MediaId, Millis

FILES_LIFE: Millis = 86_400_000  # as long as a file may be on its way before it fails


class PostComposition:
    """What is chosen lies beside the preview's content. Only [Done] makes another preview of it."""

    prefix = "pick.post"
    title = msgid("Media and price")
    noun = msgid("draft")

    def __init__(
        self, ctx: Context, *, record: ProposalRecords, kinds: Mapping[str, ProposalKind], sets: SavedSets
    ) -> None:
        self._ctx = ctx
        self._record = record
        self._kinds = kinds
        self._sets = sets

    def ends(self, ref: str) -> Sequence[Button]:
        """The buttons below: the preview again, the text, or nothing at all."""
        return (
            Button(f"{self.prefix}.done", ref, tr("Done"), "primary", begins=True),
            Button(f"{self.prefix}.text", ref, tr("Text …")),
            Button(texts.NO, ref, tr("Cancel")),
        )

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        """Raises ProposalRefused where it is not theirs or settled, PickRefused for what it cannot be."""

        async def work(tx: Transaction) -> PickedMessage:
            known = await self._open(tx, step)
            was = _picked(step, known)
            before = await with_arrived(tx, was)
            after = _checked(before, change(before))
            if _packed(after) != _packed(was):
                life = FILES_LIFE if after.files else LIFE
                await self._record.pick(tx, known, _packed(after), life=life)
            return after

        return await self._ctx.database.write(work)

    async def bundles(self, step: PickerStep) -> Sequence[PickerBundle]:
        """Saved sets, filled in for many."""
        return await self._sets.of(step)

    async def _open(self, tx: Transaction, step: PickerStep) -> OpenProposal:
        """The preview that this person may still change here. Raises ProposalRefused."""
        known = await self._record.get(tx, step.ref)
        if known is None or known.feature not in PICKED:
            raise ProposalRefused(tr(texts.NOT_YOURS))
        if (known.draft.owner, known.draft.guild) != (step.actor, step.guild):
            raise ProposalRefused(tr(texts.NOT_YOURS))
        if known.draft.state != "open":
            raise ProposalRefused(texts.settled(known.draft))
        creator = known.draft.creator
        link = await creators.open_link(tx, creator) if creator is not None else None
        was, now = (known.link, known.generation), self._ctx.clock.now()
        closed = texts.why_closed(known.draft, self._kinds[known.feature], link, was, now=now)
        if closed is not None:
            raise ProposalRefused(closed[1])
        return known


def chosen(shown: ProposalPreview) -> Content:
    """What a preview becomes with what was chosen over it."""
    if shown.picked is None:
        return shown.content
    return with_message(shown.content, _message(shown.picked["message"]))


def _picked(step: PickerStep, known: OpenProposal) -> PickedMessage:
    picked = known.preview.picked
    if picked is None:
        return PickedMessage(step.ref, message_in(known.preview.content))
    return PickedMessage(
        step.ref,
        _message(picked["message"]),
        shelf_of(picked["shelf"]),
        files_of(picked.get("files")),
        template=picked["template"],
    )


def _packed(after: PickedMessage) -> Content:
    message = {**asdict(after.message), "media": list(after.message.media)}
    return {
        "message": message,
        "shelf": asdict(after.shelf),
        "files": asdict(after.files),
        "template": after.template,
    }


def _message(packed: Mapping[str, Any]) -> MessageToFan:
    return MessageToFan(**{**packed, "media": tuple(MediaId(one) for one in packed["media"])})


def _checked(before: PickedMessage, after: PickedMessage) -> PickedMessage:
    message = after.message
    if message == before.message:
        return after
    preview = message.preview if message.media else None
    try:
        known = begin(message.text, message.price, message.media, preview, NOT_CHANGED)
        return replace(after, message=known)
    except ReplyRefused as refused:
        raise PickRefused(refused.sentence) from refused
