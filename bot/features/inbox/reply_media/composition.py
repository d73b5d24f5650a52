"""A kept reply that media are added to, sealed with its command."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from bot.engine.commands import Commands
from bot.features.inbox.checks import texts as kept_texts
from bot.features.inbox.checks.pending_replies import HELD, OPEN, PendingReplies, PendingReply, is_over
from bot.features.inbox.reply_media.bundles import SavedSets
from bot.features.publishing.picker import texts as picker_texts
from bot.features.publishing.picker.model import (
    MOST,
    Change,
    PickedMessage,
    PickerBundle,
    PickerStep,
    shelf_of,
)
from bot.features.publishing.picker.rules import PickRefused
from bot.model.ports import Button, Clock
from bot.relay.field_values import filled_for
from bot.relay.replies import NOT_HERE
from bot.relay.reply_gate import DISCARD
from bot.relay.send_effects import outgoing
from bot.text.reply_rules import ReplyRefused, begin
from storage.database import Database, Transaction
from storage.engine import commands as command_rows
from storage.inbox import templates, threads
from storage.publishing import uploads
from storage.publishing.uploads import OVER, UploadState
from storage.records import Command, CommandId, DraftId, FanThread

WAITS = "A lead has this reply. Take it back first, then change it."


class ReplyComposition:
    """The port of the picker. A change makes all checks ask again when it is sent."""

    prefix = "pick.reply"
    title = "Your reply"

    def __init__(
        self,
        *,
        database: Database,
        commands: Commands,
        kept: PendingReplies,
        sets: SavedSets,
        clock: Clock,
    ) -> None:
        self._database = database
        self._commands = commands
        self._kept = kept
        self._sets = sets
        self._clock = clock

    def ends(self, ref: str) -> Sequence[Button]:
        """The buttons below: send it, write, or leave it."""
        return (
            Button(f"{self.prefix}.send", ref, "Send", "primary", begins=True),
            Button(f"{self.prefix}.text", ref, "Text …"),
            Button(DISCARD, ref, "Discard", "danger"),
        )

    async def begun(self, command: CommandId) -> DraftId | None:
        """What a command's reply is called while it is put together."""

        async def work(tx: Transaction) -> DraftId | None:
            known = await command_rows.get(tx, command)
            kept = await self._kept.newest(tx, known) if known is not None else None
            return kept.draft.id if kept is not None and kept.back.why == OPEN else None

        return await self._database.read(work)

    async def late(self, step: PickerStep) -> str | None:
        """Why it is looked at once more before it is sent; then it waits anew. Raises ReplyRefused.

        It waited too long, or the time that was typed for it has passed: then it has none any more.
        """

        async def work(tx: Transaction) -> str | None:
            kept, command, _ = await self._open(tx, step)
            body, now = self._commands.body(command), self._clock.now()
            passed = 0 < (body.get("later") or 0) <= now
            if not passed and not is_over(kept.draft, now):
                return None
            await self._kept.reopen(tx, kept, priced=outgoing(body).price is not None)
            if passed:
                await self._commands.rewrite(tx, command, {**body, "later": None})
            return picker_texts.PASSED if passed else picker_texts.LATE

        return await self._database.write(work)

    async def change(self, step: PickerStep, change: Change) -> PickedMessage:
        """Raises ReplyRefused where it is not theirs or settled, PickRefused for what it cannot be."""

        async def work(tx: Transaction) -> PickedMessage:
            kept, command, thread = await self._open(tx, step)
            body = self._commands.body(command)
            before, more = await self._uploaded(tx, step, thread, body)
            after = await self._checked(tx, thread, before, change(before))
            if after.message != outgoing(body) or kept.back.why != OPEN:
                await self._kept.reopen(tx, kept, priced=after.message.price is not None)
            more |= {"shelf": asdict(after.shelf), "template": after.template}
            await self._commands.rewrite(tx, command, {**body, **asdict(after.message), **more})
            if after.template is not None and after.template != before.template:
                now = self._clock.now()
                await templates.use(tx, command.id, after.template, thread.creator, now=now)
            return after

        return await self._database.write(work)

    async def attach(self, step: PickerStep, files: CommandId) -> None:
        """Have the reply wait for the files of this command. Raises ReplyRefused."""

        async def work(tx: Transaction) -> None:
            _, command, _ = await self._open(tx, step)
            await self._commands.rewrite(tx, command, {**self._commands.body(command), "files": files})

        await self._database.write(work)

    async def bundles(self, step: PickerStep) -> Sequence[PickerBundle]:
        """Saved sets, filled in for this fan."""
        return await self._sets.of(step)

    async def _uploaded(
        self, tx: Transaction, step: PickerStep, thread: FanThread, body: Mapping[str, Any]
    ) -> tuple[PickedMessage, dict[str, Any]]:
        """The reply with files that have come into the vault since, each added once; and which those are."""
        message, files = outgoing(body), body.get("files")
        rows = await uploads.of_command(tx, CommandId(files)) if files else []
        taken = set(body.get("taken", ()))
        new = [row for row in rows if row.state in OVER and row.id not in taken]
        media = [row.media for row in new if row.state is UploadState.DONE and row.media is not None]
        failed = [row.why or "" for row in new if row.state is UploadState.FAILED]
        now = PickedMessage(
            ref=step.ref,
            message=replace(message, media=tuple(dict.fromkeys([*message.media, *media]))[:MOST]),
            shelf=shelf_of(body.get("shelf")),
            fan=thread.fan,
            template=body.get("template"),
            waits=sum(row.state not in OVER for row in rows),
            note=" ".join(f"A file did not get into the vault: {why}" for why in failed),
            fresh=bool(media),
            later=body.get("later"),
        )
        return now, {"taken": sorted(taken | {row.id for row in new})} if new else {}

    async def _checked(
        self, tx: Transaction, thread: FanThread, before: PickedMessage, after: PickedMessage
    ) -> PickedMessage:
        """With its fields filled in for this fan, and within Fanvue's limits."""
        message = after.message
        if message == before.message:
            return after
        try:
            if message.text != before.message.text:
                text = await filled_for(tx, thread, message.text, now=self._clock.now())
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
            raise ReplyRefused(kept_texts.NOT_YOURS)
        if kept.draft.state != "open":
            raise ReplyRefused(kept_texts.settled(kept.draft))
        if kept.back.why == HELD:
            raise ReplyRefused(WAITS)
        thread = await threads.by_discord(tx, kept.channel)
        command = await command_rows.get(tx, kept.command)
        if thread is None:
            raise ReplyRefused(NOT_HERE)
        if command is None or "text" not in self._commands.body(command):
            raise ReplyRefused(kept_texts.NOT_KEPT)
        return kept, command, thread
