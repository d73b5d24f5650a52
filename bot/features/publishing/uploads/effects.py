"""Deletes Discord's copy of files once the vault has them, and says so."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome
from bot.engine.member_languages import as_asked
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import answer_stream
from bot.features.publishing.uploads import texts
from bot.features.publishing.uploads.fanvue import FanvueUploadVault
from bot.features.publishing.uploads.file_names import name_of
from bot.features.publishing.uploads.ports import READY, UNTOLD
from bot.model.errors import BotForbidden, DeliveryRefused, TryLater
from bot.model.language import english, tr, tr_stored
from bot.relay.context import Context
from bot.relay.removal_port import RemovalPort
from storage.database import Transaction
from storage.engine import commands
from storage.publishing import uploads
from storage.publishing.uploads import UploadRecord, UploadState
from storage.records import Command, CommandId, DiscordId, Effect

KIND = "upload.gone"
_LOOK_AGAIN = 5.0  # seconds: Fanvue is still processing


class UploadCopyService:
    """Decides about the message that files came with. Part of the caller's transaction."""

    def __init__(self, effects: Effects, *, clears: bool) -> None:
        """`clears`: whether the message is to go at all."""
        self._effects = effects
        self._clears = clears

    async def ended(
        self, tx: Transaction, command: Command, body: Mapping[str, Any], rows: Sequence[UploadRecord]
    ) -> str:
        """End a command whose files have all ended; return the words about their message."""
        message = body.get("message")
        if message is None or command.creator is None:
            return ""
        if not self._clears:
            return tr(texts.KEPT)
        if message.get("stays"):
            return tr_stored(str(message["stays"]))
        if not _whole(rows):
            return tr(texts.NOT_ALL)
        wanted = EffectRequest(
            network="discord",
            kind=KIND,
            stream=answer_stream(command.id),
            creator=command.creator,
            cause=command.id,
            part="gone",
            body={"channel": message["channel"], "message": message["message"], "command": command.id},
        )
        await self._effects.add(tx, wanted)
        return tr(texts.GOES)


class UploadCopyHandler(EffectHandler):
    """Deletes the message, if the vault has every file of it now. Harmless to repeat."""

    on_server = False

    def __init__(self, ctx: Context, *, discord: RemovalPort, there: FanvueUploadVault) -> None:
        self._ctx = ctx
        self._discord = discord
        self._there = there

    async def do(self, effect: Effect, body: Body) -> Outcome:  # noqa: ARG002 - the port's
        """Ask Fanvue about each file first: one that was in the vault before may still be processed."""
        command = CommandId(body["command"])
        rows = await self._ctx.database.read(lambda tx: uploads.of_command(tx, command))
        if not _whole(rows):
            return Moot(texts.NOT_ALL)
        for row in rows:
            assert row.media is not None, "it is done"
            status = await self._there.status(row.creator, row.media)
            if status in {"processing", UNTOLD}:
                raise TryLater(english("Fanvue is still processing a file."), after=_LOOK_AGAIN)
            if status != READY:
                await self._ctx.database.write(lambda tx: self._say(tx, command, texts.NOT_ALL))
                return Moot(texts.NOT_ALL)
        try:
            await self._discord.take_message(DiscordId(body["channel"]), DiscordId(body["message"]))
        except BotForbidden as lacking:  # nothing else waits for this right
            await self._ctx.database.write(lambda tx: self._say(tx, command, texts.NO_RIGHT))
            raise DeliveryRefused(texts.NO_RIGHT) from lacking
        return Done(then=lambda tx: self._gone(tx, command))

    async def _gone(self, tx: Transaction, command: CommandId) -> None:
        known = await commands.get(tx, command)
        if known is not None:
            await self._ctx.trail.write(tx, KIND, "done", actor=known.actor, creator=known.creator)
        await self._say(tx, command, texts.GONE)

    async def _say(self, tx: Transaction, command: CommandId, note: str) -> None:
        known = await commands.get(tx, command)
        if known is None:
            return
        rows = await uploads.of_command(tx, command)
        with as_asked(known):
            post = texts.shown(command, [(row, name_of(self._ctx.sealer, row)) for row in rows], tr(note))
        await self._ctx.commands.answer(tx, known, post, part=f"upload message {note}")


def _whole(rows: Sequence[UploadRecord]) -> bool:
    """Whether every file was read for its hash, and is in the vault, as far as is written down."""
    return bool(rows) and all(row.state is UploadState.DONE and row.contents and row.media for row in rows)
