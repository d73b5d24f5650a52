"""Handler of the board: one message in the alerts channel shows who waits now.

What it says is read when the effect is carried out, so one that has not begun is enough for any number of
changes. It stays where it is also while nobody waits: a message that comes and goes would make noise.
"""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

from contextlib import suppress

from bot.engine.effect_handler import Body, Done, EffectHandler, Moot, Outcome, SettlingMethod, Then
from bot.features.inbox.board import texts
from bot.features.inbox.board.service import BoardService
from bot.model.discord_ports import MessageRemovalPort
from bot.model.errors import TargetGone, TryLater
from bot.model.language import english
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.late_edits import RepeatedEdit
from storage.database import Transaction
from storage.inbox import forums
from storage.operations import attention
from storage.operations.boards import WAITING, BoardMessage
from storage.records import CreatorId, DiscordId, Effect, Millis

KIND = "board.waiting"


class BoardHandler(EffectHandler):
    """Make a creator's board show who waits."""

    settling = SettlingMethod.NONCE

    def __init__(self, ctx: Context, *, discord: MessageRemovalPort, reading: BoardService) -> None:
        self._ctx = ctx
        self._discord = discord
        self._reading = reading
        self._ids = ctx.effects.ids
        self._late = ctx.late

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it or edit it, unless it says all that already."""
        channel, board, post = await self._ctx.database.read(lambda tx: self._state(tx, effect.creator))
        if channel is None:
            raise TryLater(english("There is no alerts channel yet: run /setup."), paused=True)
        if board is not None and board.channel != channel:
            with suppress(TargetGone):
                await self._discord.delete_message(board.channel, board.message)
            board = None
        if board is not None:
            surely = effect.attempt_started is None and "anew" not in body
            if surely and board.shows == texts.digest(post):
                return Moot(english("The board already says so."))
            with suppress(TargetGone):
                return await self._edited(effect, channel, board.message, post)
        made = await self._discord.post(channel, post, nonce=effect.nonce)
        if effect.attempts > 0:  # under this nonce it may be there already, and say what was true then
            with suppress(TargetGone):
                return await self._edited(effect, channel, made, post)
        return self._shown(effect, channel, made, post)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the channel for the board's button."""
        channel, _, _ = await self._ctx.database.read(lambda tx: self._state(tx, effect.creator))
        if channel is None:
            return None
        posted = await self._discord.find_post(channel, self._ids.waiting(effect.creator), since=effect.since)
        # What it shows may be out of date by now: an empty digest has it looked at again.
        return None if posted is None else self._shown(effect, channel, posted, None)

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The channel was deleted: the board waits until a person has run /setup again."""
        await WAITING.forget(tx, effect.creator)
        await attention.ask(tx, effect.id, reason)  # no list has it; but so /setup wakes it
        return self._ctx.clock.now() + self._ctx.waits.paused

    async def _state(
        self, tx: Transaction, creator: CreatorId
    ) -> tuple[DiscordId | None, BoardMessage | None, Post]:
        forum = await forums.of_creator(tx, creator)
        lines = await self._reading.unanswered(tx, creator)
        held = await self._reading.held(tx, creator)
        post = texts.board(lines, self._ids.waiting(creator), held)
        return forum.alerts if forum else None, await WAITING.get(tx, creator), post

    async def _edited(self, effect: Effect, channel: DiscordId, message: DiscordId, post: Post) -> Done:
        again = RepeatedEdit(KIND, effect.stream, {"anew": True})
        edited = await self._late.edit(self._discord, effect, f"{channel}:{message}", post, again)
        return self._shown(effect, channel, message, post, edited)

    def _shown(
        self,
        effect: Effect,
        channel: DiscordId,
        message: DiscordId,
        post: Post | None,
        edited: Then | None = None,
    ) -> Done:
        shows = "" if post is None else texts.digest(post)

        async def then(tx: Transaction) -> None:
            await WAITING.keep(tx, BoardMessage(effect.creator, channel, message, shows))
            if edited is not None:
                await edited(tx)

        return Done(f"{channel}:{message}", then)
