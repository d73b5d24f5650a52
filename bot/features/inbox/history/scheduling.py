"""Has a fan's first thread begin with what was said before it."""

from bot.engine.lasting_pseudonyms import forgotten_at
from bot.engine.outbox import EffectRequest, Effects
from bot.engine.streams import discord_stream
from storage.database import Transaction
from storage.records import FanThread, Millis

READ, LATER = "history.read", "history.later"


class HistoryScheduler:
    """Told of each thread that is wanted; part of the caller's transaction."""

    def __init__(self, effects: Effects, lines: int) -> None:
        """`lines`: so many messages at most; 0: none are shown."""
        self._effects = effects
        self._lines = lines

    async def first(self, tx: Transaction, thread: FanThread, at: Millis) -> None:
        """It stands before all lines of the thread. `at`: when that happened which the thread is wanted for.

        Of somebody who was forgotten nothing is brought back.
        """
        names = self._effects.trail.pseudonyms
        again = thread.generation > 1 or await forgotten_at(tx, names, thread.creator, thread.fan) is not None
        if again or not self._lines:
            return
        wanted = EffectRequest(
            network="discord",
            kind=READ,
            stream=discord_stream(thread.creator, thread.fan),
            creator=thread.creator,
            fan=thread.fan,
            cause=f"history:{thread.creator}:{thread.fan}",
            part="history",
            body={"at": at},
        )
        await self._effects.add(tx, wanted)
