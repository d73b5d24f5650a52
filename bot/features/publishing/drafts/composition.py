"""A draft that media are chosen for: the port of the picker."""

from collections.abc import Sequence
from dataclasses import replace

from bot.engine.input_windows import InputWindowHolder
from bot.features.inbox.reply_media.bundles import SavedSets
from bot.features.publishing.drafts import texts
from bot.features.publishing.drafts.picked_rules import picked, with_picked
from bot.features.publishing.drafts.store import DraftStore
from bot.features.publishing.picker.incoming_files import with_arrived
from bot.features.publishing.picker.model import Change, PickedMessage, PickerBundle, PickerStep
from bot.model.language import msgid, tr
from bot.model.ports import Button
from bot.text.reply_rules import ReplyRefused
from storage.database import Database, Transaction


class DraftComposition:
    """A press under a message that shows something older changes nothing, and shows what is there."""

    prefix = "pick.mass"
    title = msgid("Media and price of your mass message")
    noun = msgid("mass message")

    def __init__(self, *, database: Database, keeping: DraftStore, sets: SavedSets) -> None:
        self._database = database
        self._keeping = keeping
        self._sets = sets

    def ends(self, ref: str) -> Sequence[Button]:
        """The button below: it goes on with the draft."""
        return (
            Button("compose.go", ref, tr("Done"), "primary", begins=True),
            Button(f"{self.prefix}.text", ref, tr("Text …")),
        )

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        """Raises ReplyRefused where the draft is gone."""
        holder = InputWindowHolder(step.actor, step.permit.creator, step.guild)

        async def work(tx: Transaction) -> PickedMessage:
            seen = await self._keeping.seen(tx, step.ref, holder)
            held = seen.held
            if held is None:
                raise ReplyRefused(tr(texts.GONE))
            was = picked(step.ref, held.content)
            before = await with_arrived(tx, was)
            after = change(before) if seen.current else replace(before, note=tr(texts.OLDER))
            content = with_picked(held.content, was, after)
            more = set(after.files.commands) - set(was.files.commands)
            if more or after.message != was.message:
                held = await self._keeping.change(tx, held, content)
            elif (after.shelf, after.files) != (was.shelf, was.files):
                held = await self._keeping.note(tx, held, content)
            if more:  # the button that leads back from them has this reference already
                await self._keeping.show(tx, step.ref, held)
            return replace(after, ref=await self._keeping.view(tx, holder, held, step.ref))

        return await self._database.write(work)

    async def bundles(self, step: PickerStep) -> Sequence[PickerBundle]:
        """Saved sets, filled in for many."""
        return await self._sets.of(step)
