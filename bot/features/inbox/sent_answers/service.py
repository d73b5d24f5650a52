"""The private answers to replies, and their end once the thread shows more."""

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from bot.model.errors import DeliveryFailed, DeliveryUnknown, TryLater
from bot.model.ports import ORIGINAL
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import outbox
from storage.records import CommandId, Effect, EffectState, Millis

log = logging.getLogger(__name__)

STANDS: Millis = 3_000  # after it was sent: the eye finds the line that says so
_LATEST: Millis = 840_000  # Discord lets an answer be taken away for fifteen minutes
_MOST = 1_000


class AnswerPort(Protocol):
    """Private answers on Discord, by application and token. Raises what a delivery raises."""

    async def remove(self, application: int, token: str, message: str) -> None:
        """Take one away."""

    async def say(self, application: int, token: str, words: str) -> None:
        """Show words in the original answer, which is thinking."""

    async def say_beside(self, application: int, token: str, words: str) -> str:
        """Show them in a message of its own, and return its id."""


@dataclass(frozen=True)
class ReplyAnswer:
    """A private answer to a reply that was taken, and how it is taken away.

    `message`: which of the interaction's messages it is; None: there is none yet, and the original one is a
    line of the thread. `unsaid`: the words that it does not show yet: its reply may have been sent by then.
    """

    application: int
    token: str
    shown: Millis
    message: str | None = ORIGINAL
    unsaid: str | None = None


class SentAnswerService:
    """Keeps them in memory only: after a restart they stay until their reader dismisses them."""

    def __init__(self, ctx: Context, *, patience: Millis = 0) -> None:
        """`patience`: how long an answer may say nothing while its reply is sent."""
        self._ctx = ctx
        self._patience = patience
        self._open: OrderedDict[CommandId, ReplyAnswer] = OrderedDict()
        self._discord: AnswerPort | None = None

    def connect(self, discord: AnswerPort) -> None:
        """Called once the bot is made, which is what takes an answer away and fills it."""
        self._discord = discord

    @property
    def waits(self) -> bool:
        """Whether an answer may say nothing at first."""
        return self._discord is not None and self._patience > 0

    def shown(
        self,
        command: CommandId,
        application: int,
        token: str,
        *,
        message: str | None = ORIGINAL,
        unsaid: str | None = None,
    ) -> None:
        """Remember an answer that was shown to the author of this reply, whether it leaves now or later.

        `message`: as in `ReplyAnswer`. `unsaid`: what it is to say if the line does not come first.
        """
        answer = ReplyAnswer(application, token, self._ctx.clock.now(), message, unsaid)
        if answer.message is None and answer.unsaid is None:
            return  # nothing is there, and nothing is to come
        self._open[command] = answer
        while len(self._open) > _MOST:
            self._open.popitem(last=False)

    async def look(self) -> None:
        """Take away the answers to what was sent; one to a reply that was not sent stays to be read."""
        now = self._ctx.clock.now()
        for command in [one for one, answer in self._open.items() if now >= answer.shown + _LATEST]:
            del self._open[command]
        if self._discord is None or not self._open:
            return
        asked = {
            command: now - (STANDS if one.unsaid is None else 0)
            for command, one in self._open.items()
            if one.unsaid is not None or now >= one.shown + STANDS  # before that it stands in any case
        }
        if not asked:
            return
        sent = await self._ctx.database.read(lambda tx: _sent(tx, asked))
        for command in sent:
            await self._close(command, self._discord)
        for command in [one for one in asked if one not in sent]:
            await self._say_late(command, self._discord)

    async def say_all(self) -> None:
        """The process ends: no answer is left thinking."""
        if self._discord is not None:
            for command in tuple(self._open):
                await self._say_late(command, self._discord, patience=0)

    async def _say_late(
        self, command: CommandId, discord: AnswerPort, *, patience: Millis | None = None
    ) -> None:
        """The line takes its time: the answer says what there is to say, and stands like others."""
        answer, now = self._open.get(command), self._ctx.clock.now()
        if answer is None or answer.unsaid is None:
            return
        if now < answer.shown + (self._patience if patience is None else patience):
            return
        message = answer.message
        try:
            message = await _say(discord, answer, answer.unsaid)
        except (TryLater, DeliveryUnknown):
            return  # the next look tries again
        except DeliveryFailed as failed:
            log.warning("a private answer could not be shown: %s", failed.reason)
        self._open[command] = replace(answer, message=message, unsaid=None, shown=now)

    async def _close(self, command: CommandId, discord: AnswerPort) -> None:
        answer = self._open.get(command)
        if answer is None or (answer.unsaid is None and self._ctx.clock.now() < answer.shown + STANDS):
            return
        try:
            if answer.message is not None:
                await discord.remove(answer.application, answer.token, answer.message)
        except (TryLater, DeliveryUnknown):
            return  # the next look tries again
        except DeliveryFailed as failed:  # its reader was faster, or its time is over
            log.debug("a private answer is gone already: %s", failed.reason)
        self._open.pop(command, None)


async def _say(discord: AnswerPort, answer: ReplyAnswer, words: str) -> str:
    if answer.message is None:
        return await discord.say_beside(answer.application, answer.token, words)
    await discord.say(answer.application, answer.token, words)
    return answer.message


async def _sent(tx: Transaction, replies: Mapping[CommandId, Millis]) -> list[CommandId]:
    """Those whose send is surely done since the time given, and whose line is in the thread."""
    return [
        one
        for one, before in replies.items()
        if await _is_shown(tx, await outbox.by_cause(tx, one, "send"), before)
    ]


async def _is_shown(tx: Transaction, send: Effect | None, before: Millis) -> bool:
    if send is None or send.state is not EffectState.DONE or (send.settled_at or 0) > before:
        return False
    line = await outbox.by_cause(tx, send.id, "show")
    return line is not None and line.state is EffectState.DONE
