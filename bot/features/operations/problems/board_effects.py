"""One message in each creator's alerts channel that lists the open problems.

It is edited in place, made again when somebody deleted it, and gone when nothing waits. It is an effect
like all others: its text is read when it is carried out, so one that has not begun is enough.
"""
# ruff: noqa: ARG002 -- every handler answers the same questions, needed or not

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.engine.effect_handler import Body, Done, EffectHandler, Outcome, SettlingMethod, Then
from bot.engine.outbox import EffectRequest
from bot.engine.streams import board_stream
from bot.features.operations.problems import texts
from bot.features.operations.problems.service import ProblemService
from bot.features.operations.problems.texts import OpenProblem
from bot.model.discord_ports import MessageRemovalPort
from bot.model.errors import TargetGone, TryLater
from bot.model.language import english
from bot.relay.context import Context
from bot.relay.early_deletions import EarlyDeletions
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import forums
from storage.operations import attention, quarantine
from storage.operations.boards import PROBLEMS, BoardMessage
from storage.records import CreatorId, DiscordId, Effect, Millis

KIND = "board"
_WEEK: Millis = 7 * 86_400_000
_PATIENCE = 5.0  # seconds between two heartbeats while nothing happens
_LOOK_ROUND = 60.0  # what nobody hinted at is noticed this late


class ProblemBoardHandler(EffectHandler):
    """Make a creator's board show what waits now."""

    settling = SettlingMethod.NONCE

    def __init__(self, ctx: Context, *, discord: MessageRemovalPort, problems: ProblemService) -> None:
        self._ctx = ctx
        self._discord = discord
        self._problems = problems

    async def do(self, effect: Effect, body: Body) -> Outcome:
        """Post it, edit it, or take it away."""
        channel, board, found, looks = await self._ctx.database.read(
            lambda tx: self._state(tx, effect.creator)
        )
        if board is not None and (not found or board.channel != channel):
            with suppress(TargetGone):
                await self._discord.delete_message(board.channel, board.message)
            board = None
        if not found:
            return Done(then=_forgotten(effect.creator))
        if channel is None:
            raise TryLater(english("There is no alerts channel yet: run /setup."), paused=True)
        post = texts.board(found, self._ctx.effects.ids.board(effect.creator))
        if board is not None:
            with suppress(TargetGone):
                edited = await self._ctx.late.edit(self._discord, effect, f"{channel}:{board.message}", post)
                return self._shown(effect, channel, board.message, looks, edited)
        made = await self._discord.post(channel, post, nonce=effect.nonce)
        if effect.attempts > 0:  # under this nonce it may be there already, and say what was true then
            with suppress(TargetGone):
                edited = await self._ctx.late.edit(self._discord, effect, f"{channel}:{made}", post)
                return self._shown(effect, channel, made, looks, edited)
        return self._shown(effect, channel, made, looks)

    async def look(self, effect: Effect, body: Body) -> Done | None:
        """Search the channel for the board's button."""
        channel, _, found, _ = await self._ctx.database.read(lambda tx: self._state(tx, effect.creator))
        if channel is None or not found:
            return None
        reference = self._ctx.effects.ids.board(effect.creator)
        posted = await self._discord.find_post(channel, reference, since=effect.since)
        # What it shows may be out of date by now: an empty digest has it looked at again.
        return None if posted is None else self._shown(effect, channel, posted, None)

    async def gone(self, tx: Transaction, effect: Effect, reason: str) -> Millis | None:
        """The channel was deleted: the board waits until a person has run /setup again."""
        await PROBLEMS.forget(tx, effect.creator)
        await attention.ask(tx, effect.id, reason)  # a board lists no board; but so /setup wakes this one
        return self._ctx.clock.now() + self._ctx.waits.paused

    async def _state(
        self, tx: Transaction, creator: CreatorId
    ) -> tuple[DiscordId | None, BoardMessage | None, list[OpenProblem], str | None]:
        forum = await forums.of_creator(tx, creator)
        found, looks = await self._problems.waiting(tx, creator), await self._problems.looks(tx, creator)
        return forum.alerts if forum else None, await PROBLEMS.get(tx, creator), found, looks

    def _shown(
        self,
        effect: Effect,
        channel: DiscordId,
        message: DiscordId,
        looks: str | None,
        edited: Then | None = None,
    ) -> Done:
        async def then(tx: Transaction) -> None:
            await PROBLEMS.keep(tx, BoardMessage(effect.creator, channel, message, looks or ""))
            if edited is not None:
                await edited(tx)

        return Done(f"{channel}:{message}", then)


class ProblemBoards:
    """Notices when a board no longer says what is true, and has it changed."""

    def __init__(self, ctx: Context, *, problems: ProblemService) -> None:
        self._ctx = ctx
        self._problems = problems
        self._hinted: set[CreatorId] = set()  # at most every creator once
        self._waiting: set[CreatorId] = set()
        self._early = EarlyDeletions()
        self._changed = asyncio.Event()

    def noticed(self, creator: CreatorId, how: str) -> None:
        """An effect of this creator ended so: something may wait now, or no longer."""
        if not creator or (how in {"done", "becomes", "moot"} and creator not in self._waiting):
            return
        self.hint(creator)

    def hint(self, creator: CreatorId) -> None:
        """Look at this creator's board soon."""
        self._hinted.add(creator)
        self._changed.set()

    async def deleted(self, message: DiscordId) -> None:
        """A message was deleted; if it was a board, it is made again if something waits."""
        board = await self._ctx.database.read(lambda tx: PROBLEMS.by_message(tx, message))
        if board is None:
            self._early.add(message)
        else:
            await self._want(board.creator, replaced=True)

    async def run(
        self,
        beat: Callable[[], None],
        *,
        pause: float = 1.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Keep every board true, each looked at once in `pause` seconds at most."""
        quiet = _LOOK_ROUND  # the first look round is at once, and shows every board anew
        first = True
        while True:
            beat()
            if quiet >= _LOOK_ROUND:
                await self._look_round(anew=first)
                quiet, first = 0.0, False
            self._changed.clear()
            hinted, self._hinted = self._hinted, set()
            for creator in sorted(hinted):
                await self.refresh(creator)
            await sleep(pause)
            try:
                async with asyncio.timeout(_PATIENCE):
                    await self._changed.wait()
            except TimeoutError:
                quiet += _PATIENCE
            quiet += pause

    async def refresh(self, creator: CreatorId, *, anew: bool = False) -> None:
        """Update the board if it does not say what is true; `anew`: in any case."""

        async def work(tx: Transaction) -> tuple[BoardMessage | None, str | None]:
            return await PROBLEMS.get(tx, creator), await self._problems.looks(tx, creator)

        board, wanted = await self._ctx.database.read(work)
        shows = None if board is None else board.shows
        (self._waiting.discard if wanted is None else self._waiting.add)(creator)
        if board is not None and self._early.take(board.message):
            await self._want(creator, replaced=True)
        elif shows != wanted or (anew and wanted is not None):
            await self._want(creator)

    async def _look_round(self, *, anew: bool) -> None:
        async def work(tx: Transaction) -> set[CreatorId]:
            waiting = {*await attention.creators_waiting(tx), *await quarantine.creators_with(tx)}
            return waiting | {*await PROBLEMS.creators(tx)}

        for creator in sorted(await self._ctx.database.read(work)):
            await self.refresh(creator, anew=anew)

    async def _want(self, creator: CreatorId, *, replaced: bool = False) -> None:
        async def work(tx: Transaction) -> None:
            if replaced:
                await PROBLEMS.forget(tx, creator)
            if await outbox.awaited(tx, board_stream(creator)):
                return
            known = await PROBLEMS.get(tx, creator)
            wanted = EffectRequest(
                network="discord",
                kind=KIND,
                stream=board_stream(creator),
                creator=creator,
                cause=f"board:{self._ctx.ids.new()}",
                part="show",
                body={},
                # A restored database may have forgotten a board that stands there for days.
                since=None if known or replaced else self._ctx.clock.now() - _WEEK,
            )
            await self._ctx.effects.add(tx, wanted)

        await self._ctx.database.write(work)


def _forgotten(creator: CreatorId) -> Then:
    async def then(tx: Transaction) -> None:
        await PROBLEMS.forget(tx, creator)

    return then
