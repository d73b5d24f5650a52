"""A draft that media are chosen for: the port of the picker."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from bot.engine.input_windows import InputWindowHolder
from bot.features.inbox.reply_media.bundles import SavedSets
from bot.features.publishing.drafts import texts
from bot.features.publishing.drafts.model import DraftContent
from bot.features.publishing.drafts.store import DraftStore
from bot.features.publishing.picker.model import Change, PickedMessage, PickerBundle, PickerStep, shelf_of
from bot.model.ports import Button, MessageToFan
from bot.text.price_input import NotAPrice, cents_of, ids_of, typed_of
from bot.text.reply_rules import ReplyRefused
from storage.database import Database, Transaction
from storage.records import Cents, MediaId


class DraftComposition:
    """A press under a message that shows something older changes nothing, and shows what is there."""

    prefix = "pick.mass"
    title = "Media and price of your mass message"

    def __init__(self, *, database: Database, keeping: DraftStore, sets: SavedSets) -> None:
        self._database = database
        self._keeping = keeping
        self._sets = sets

    def ends(self, ref: str) -> Sequence[Button]:
        """The button below: it goes on with the draft."""
        return (
            Button("compose.go", ref, "Done", "primary", begins=True),
            Button(f"{self.prefix}.text", ref, "Text …"),
        )

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        """Raises ReplyRefused where the draft is gone."""
        holder = InputWindowHolder(step.actor, step.permit.creator, step.guild)

        async def work(tx: Transaction) -> PickedMessage:
            seen = await self._keeping.seen(tx, step.ref, holder)
            held = seen.held
            if held is None:
                raise ReplyRefused(texts.GONE)
            before = _picked(step, held.content)
            after = change(before) if seen.current else replace(before, note=texts.OLDER)
            if after.message != before.message:
                held = await self._keeping.change(tx, held, _content(held.content, after))
            elif after.shelf != before.shelf:
                held = await self._keeping.note(tx, held, replace(held.content, shelf=asdict(after.shelf)))
            return replace(after, ref=await self._keeping.view(tx, holder, held, step.ref))

        return await self._database.write(work)

    async def bundles(self, step: PickerStep) -> Sequence[PickerBundle]:
        """Saved sets, filled in for many."""
        return await self._sets.of(step)


def _picked(step: PickerStep, content: DraftContent) -> PickedMessage:
    message = MessageToFan(
        text=content.text.strip() or None,
        media=tuple(MediaId(one) for one in ids_of(content.media)),
        price=_price(content.price),
        preview=MediaId(content.preview.strip()) if content.preview.strip() else None,
    )
    return PickedMessage(step.ref, message, shelf_of(content.shelf))


def _content(was: DraftContent, after: PickedMessage) -> DraftContent:
    message = after.message
    return replace(
        was,
        text=message.text or "",
        media=" ".join(message.media),
        price=typed_of(message.price) or "",
        preview=message.preview or "",
        template=after.template or was.template,
        shelf=asdict(after.shelf),
    )


def _price(typed: str) -> Cents | None:
    try:
        return cents_of(typed)
    except NotAPrice:
        return None  # what was typed is told in the draft
