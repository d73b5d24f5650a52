"""A member has files that hang at a command put into a creator's vault."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from bot.engine.commands import PRESS, CommandWish
from bot.features.publishing.uploads import bodies, kind_rules, texts
from bot.features.publishing.uploads.file_names import name_of
from bot.features.publishing.uploads.kind_rules import UploadRefused
from bot.features.publishing.uploads.target import UploadTarget, aimed, target_of
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as rows_of_commands
from storage.inbox import forums
from storage.publishing import uploads
from storage.publishing.uploads import UploadRecord
from storage.records import Command, CommandId, CreatorId, DiscordId

ACTION = "upload"


class UploadAttachment(Protocol):
    """A file as Discord describes it."""

    @property
    def filename(self) -> str:
        """The file's name."""

    @property
    def url(self) -> str:
        """Its address at Discord."""

    @property
    def size(self) -> int:
        """In bytes."""

    @property
    def content_type(self) -> str | None:
        """The type Discord takes it for."""


@dataclass(frozen=True)
class UploadNames:
    """Names beside the files themselves: of a single one, and the folder for all."""

    name: str | None
    folder: str | None


@dataclass(frozen=True)
class UploadMessage:
    """The message that files came with: its channel, or its thread's parent, and who may delete it."""

    id: DiscordId
    place: DiscordId
    deletable: bool  # by whoever asks: it is their own, or they may delete others' messages there


@dataclass(frozen=True)
class _WantedFile:
    where: str
    size: int
    name: str
    filename: str
    kind: str
    folder: str | None


class UploadService:
    """Takes uploads on; reads and sends nothing: the bridge carries them out by and by."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._ids = ctx.effects.ids

    async def stage(
        self,
        wish: CommandWish,
        creator: CreatorId,
        files: Sequence[UploadAttachment],
        called: UploadNames,
        *,
        message: UploadMessage | None = None,
        target: UploadTarget | None = None,
    ) -> CommandId | None:
        """Keep the wish, before Discord is answered. Raises UploadRefused: then none of them is taken.

        `message`: with which they came. It may be deleted once the vault has all of them, where the requester
        may delete it and the channel is this creator's. `target`: what they are for.
        """
        name = called.name if len(files) == 1 else None
        wanted = [_wanted(file, name, called.folder, heard=target is not None) for file in files]
        body: dict[str, Any] = {"files": [asdict(one) for one in wanted]}
        if message is not None:
            stays = await self._stays(wish, creator, message)
            body["message"] = {"channel": wish.channel, "message": message.id, "stays": stays}
        # After a start what they are for says how it goes on.
        action = ACTION if target is None else ACTION + PRESS
        return await self._ctx.commands.stage(wish, action=action, creator=creator, body=aimed(body, target))

    async def _stays(self, wish: CommandWish, creator: CreatorId, message: UploadMessage) -> str:
        """The reason to keep the message; '' when it may be deleted."""
        if not message.deletable:
            return texts.NOT_THEIRS
        here = await self._ctx.database.read(lambda tx: forums.of_guild(tx, wish.guild))
        places = {place for one in here if one.creator == creator for place in (one.id, one.alerts)}
        return "" if message.place in places else texts.ELSEWHERE

    async def accept(self, command: CommandId) -> Post | str:
        """Accept the uploads, as Discord took the answer; return the answer's new content."""

        async def work(tx: Transaction) -> Post | None:
            known = await rows_of_commands.get(tx, command)
            if known is None or not await rows_of_commands.accept(tx, command):
                return None
            for number, wanted in enumerate(self._ctx.commands.body(known)["files"]):
                await uploads.add(tx, self._upload(known, number, wanted))
            return await self._shown(tx, command)

        return await self._ctx.database.write(work) or tr(texts.NOT_TAKEN)

    async def creator_of(self, command: str) -> CreatorId | None:
        """Into whose vault the files of a command go."""
        rows = await self._ctx.database.read(lambda tx: uploads.of_command(tx, CommandId(command)))
        return rows[0].creator if rows else None

    async def stop(self, command: str, member: DiscordId) -> Post | str:
        """Stop a member's files that are not whole at Fanvue; return the answer's new content."""
        now = self._ctx.clock.now()

        async def work(tx: Transaction) -> Post | None:
            rows = await uploads.of_command(tx, CommandId(command))
            if not rows or any(row.member != member for row in rows):
                return None
            for row in rows:
                if await uploads.cancel(tx, row.id, now=now):
                    await self._ctx.trail.write(tx, ACTION, "cancelled", actor=member, creator=row.creator)
            return await self._shown(tx, CommandId(command))

        return await self._ctx.database.write(work) or tr(texts.NOT_YOURS)

    async def _shown(self, tx: Transaction, command: CommandId) -> Post:
        rows = await uploads.of_command(tx, command)
        known = await rows_of_commands.get(tx, command)
        target = target_of(self._ctx.commands.body(known)) if known is not None else None
        return texts.shown(command, [(row, name_of(self._ctx.sealer, row)) for row in rows], target=target)

    def _upload(self, command: Command, number: int, wanted: dict[str, Any]) -> UploadRecord:
        assert command.creator is not None, "it was staged with one"
        upload = self._ids.upload(command.creator, f"command {command.id} {number}")
        size = wanted.pop("size")
        body = bodies.UploadBody(**wanted, attached=True)
        sealed = bodies.seal(self._ctx.sealer, upload, command.creator, body)
        now = self._ctx.clock.now() + number  # which keeps them in the order in which they were named
        return UploadRecord(upload, command.creator, command.actor, size, now, sealed, command=command.id)


def _wanted(file: UploadAttachment, name: str | None, folder: str | None, *, heard: bool) -> _WantedFile:
    """`heard`: fans get it. Nothing was read yet. Raises UploadRefused."""
    try:
        kind_rules.check_size(file.size)
        kind = kind_rules.kind_of(file.filename, file.content_type)
        if heard and kind == "audio":
            kind_rules.check_note(file.size)
    except UploadRefused as error:
        raise UploadRefused(texts.refused(file.filename, str(error))) from error
    called, filename = kind_rules.named(name, file.filename)
    return _WantedFile(file.url, file.size, called, filename, kind, folder)
