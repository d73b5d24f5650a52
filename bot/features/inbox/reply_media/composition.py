"""A kept reply that media are added to, sealed with its command."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.features.inbox.checks import texts as kept_texts
from bot.features.inbox.checks.pending_replies import HELD, OPEN, PendingReplies, PendingReply, is_over
from bot.features.inbox.reply_media.bundles import SavedSets
from bot.features.publishing.picker import texts as picker_texts
from bot.features.publishing.picker.incoming_files import with_arrived
from bot.features.publishing.picker.model import (
    Change,
    IncomingFiles,
    PickedMessage,
    PickerBundle,
    PickerStep,
    files_of,
    shelf_of,
)
from bot.features.publishing.picker.rules import PickRefused
from bot.model.language import msgid, tr
from bot.model.ports import Button
from bot.relay.context import Context
from bot.relay.field_values import filled_for
from bot.relay.replies import NOT_HERE
from bot.relay.reply_gate import DISCARD
from bot.relay.send_effects import outgoing
from bot.text.reply_rules import ReplyRefused, begin
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.inbox import templates, threads
from storage.records import Command, CommandId, DraftId, FanThread

WAITS = msgid("A lead has this reply. Take it back first, then change it.")


class ReplyComposition:
    """The port of the picker. A change makes all checks ask again when it is sent."""

    prefix = "pick.reply"
    title = msgid("Your reply")
    noun = "reply"

    def __init__(self, ctx: Context, *, kept: PendingReplies, sets: SavedSets) -> None:
        self._ctx = ctx
        self._kept = kept
        self._sets = sets

    def ends(self, ref: str) -> Sequence[Button]:
        """The buttons below: send it, write, or leave it."""
        return (
            Button(f"{self.prefix}.send", ref, tr("Send"), "primary", begins=True),
            Button(f"{self.prefix}.text", ref, tr("Text …")),
            Button(DISCARD, ref, tr("Discard"), "danger"),
        )

    async def begun(self, command: CommandId) -> DraftId | None:
        """What a command's reply is called while it is put together."""

        async def work(tx: Transaction) -> DraftId | None:
            known = await command_rows.get(tx, command)
            kept = await self._kept.newest(tx, known) if known is not None else None
            return kept.draft.id if kept is not None and kept.back.why == OPEN else None

        return await self._ctx.database.read(work)

    async def late(self, step: PickerStep) -> str | None:
        """Why it is looked at once more before it is sent; then it waits anew. Raises ReplyRefused.

        It waited too long, or the time that was typed for it has passed: then it has none any more.
        """

        async def work(tx: Transaction) -> str | None:
            kept, command, _ = await self._open(tx, step)
            body, now = self._ctx.commands.body(command), self._ctx.clock.now()
            passed = 0 < (body.get("later") or 0) <= now
            if not passed and not is_over(kept.draft, now):
                return None
            await self._kept.reopen(tx, kept, priced=outgoing(body).price is not None)
            if passed:
                await self._ctx.commands.rewrite(tx, command, {**body, "later": None})
            return tr(picker_texts.PASSED) if passed else tr(picker_texts.LATE)

        return await self._ctx.database.write(work)

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        """Raises ReplyRefused where it is not theirs or settled, PickRefused for what it cannot be."""

        async def work(tx: Transaction) -> PickedMessage:
            kept, command, thread = await self._open(tx, step)
            body = self._ctx.commands.body(command)
            before = await with_arrived(tx, _picked(step, thread, body))
            after = await self._checked(tx, thread, before, change(before))
            if after.message != outgoing(body) or kept.back.why != OPEN:
                await self._kept.reopen(tx, kept, priced=after.message.price is not None)
            more = {"shelf": asdict(after.shelf), "template": after.template, "files": asdict(after.files)}
            await self._ctx.commands.rewrite(tx, command, {**body, **asdict(after.message), **more})
            if after.template is not None and after.template != before.template:
                now = self._ctx.clock.now()
                await templates.use(tx, command.id, after.template, thread.creator, now=now)
            return after

        return await self._ctx.database.write(work)

    async def bundles(self, step: PickerStep) -> Sequence[PickerBundle]:
        """Saved sets, filled in for this fan."""
        return await self._sets.of(step)

    async def _checked(
        self, tx: Transaction, thread: FanThread, before: PickedMessage, after: PickedMessage
    ) -> PickedMessage:
        """With its fields filled in for this fan, and within Fanvue's limits."""
        message = after.message
        if message == before.message:
            return after
        try:
            if message.text != before.message.text:
                text = await filled_for(tx, thread, message.text, now=self._ctx.clock.now())
                message = replace(message, text=text)
            preview = message.preview if message.media else None
            return replace(after, message=begin(message.text, message.price, message.media, preview))
        except ReplyRefused as refused:
            raise PickRefused(refused.sentence) from refused

    async def _open(self, tx: Transaction, step: PickerStep) -> tuple[PendingReply, Command, FanThread]:
        """What this person may change here. Raises ReplyRefused."""
        kept = await self._kept.get(tx, step.ref)
        theirs = (step.actor, step.guild, step.channel)
        if kept is None or (kept.draft.owner, kept.draft.guild, kept.channel) != theirs:
            raise ReplyRefused(tr(kept_texts.NOT_YOURS))
        if kept.draft.state != "open":
            raise ReplyRefused(kept_texts.settled(kept.draft))
        if kept.back.why == HELD:
            raise ReplyRefused(tr(WAITS))
        thread = await threads.by_discord(tx, kept.channel)
        command = await command_rows.get(tx, kept.command)
        if thread is None:
            raise ReplyRefused(tr(NOT_HERE))
        if command is None or "text" not in self._ctx.commands.body(command):
            raise ReplyRefused(tr(kept_texts.NOT_KEPT))
        return kept, command, thread


def _picked(step: PickerStep, thread: FanThread, body: Mapping[str, Any]) -> PickedMessage:
    return PickedMessage(
        ref=step.ref,
        message=outgoing(body),
        shelf=shelf_of(body.get("shelf")),
        files=_files(body),
        fan=thread.fan,
        template=body.get("template"),
        later=body.get("later"),
    )


def _files(body: Mapping[str, Any]) -> IncomingFiles:
    found = body.get("files")
    if isinstance(found, str):  # one command, of an earlier version
        return IncomingFiles((CommandId(found),), tuple(body.get("taken", ())))
    return files_of(found)
