"""Send, Keep inside: a member's answer about a message that they typed."""

from collections.abc import Sequence
from functools import partial

from bot.features.inbox.message_replies import texts
from bot.features.inbox.message_replies.rules import MessageDoubt
from bot.features.inbox.message_replies.service import MessageReplyService
from bot.model.language import tr
from bot.relay.context import Context
from bot.relay.typed_messages import ButtonPresser, Reads, TypedThreadMessage
from storage.database import Transaction
from storage.inbox import message_replies
from storage.inbox.message_replies import TypedMessageRecord, TypedMessageState, WriterNotice
from storage.records import EffectId, Millis


class MessageQuestionService:
    """Reads the message again at the press: it goes as its member sees it."""

    def __init__(self, ctx: Context, *, taking: MessageReplyService) -> None:
        self._ctx = ctx
        self._taking = taking

    async def theirs(self, by: ButtonPresser, line: EffectId) -> bool:
        """Whether a line here is about what they typed."""
        rows = await self._ctx.database.read(lambda tx: message_replies.of_line(tx, line))
        whose = {(row.member, row.channel) for row in rows}
        return whose == {(by.by.user, by.channel)}

    async def send(self, by: ButtonPresser, line: EffectId, reads: Reads) -> str:
        """Send all that the line asks about, in order; return the text in its place."""
        first = await self._ctx.database.read(lambda tx: _asked(tx, line))
        if not first:
            return tr(texts.SETTLED)
        stopped = 0
        while True:  # until nothing was typed meanwhile that waits with it
            for row in await self._ctx.database.read(lambda tx: _asked(tx, line)):
                stopped += await self._send(by, row, reads)
            said = await self._ctx.database.write(
                partial(self._said, first=first[0], line=line, stopped=stopped)
            )
            if said is not None:
                return said

    async def keep_inside(self, line: EffectId) -> str:
        """Keep inside all that the line asks about; return the text in its place."""

        async def work(tx: Transaction) -> str:
            rows = await _asked(tx, line)
            for row in rows:
                await message_replies.became(tx, row.message, TypedMessageState.INSIDE)
            return tr(texts.KEPT_INSIDE) if rows else tr(texts.SETTLED)

        return await self._ctx.database.write(work)

    async def _send(self, by: ButtonPresser, row: TypedMessageRecord, reads: Reads) -> bool:
        text = await reads(row.channel, row.message)
        if text is None:
            await self._ctx.database.write(
                lambda tx: message_replies.became(tx, row.message, TypedMessageState.INSIDE)
            )
            return False
        state = await self._taking.send(heard_again(row, by, text, self._ctx.clock.now()))
        return state in (TypedMessageState.STOPPED, TypedMessageState.KEPT)

    async def _said(
        self, tx: Transaction, *, first: TypedMessageRecord, line: EffectId, stopped: int
    ) -> str | None:
        if await _asked(tx, line):
            return None
        mode = await message_replies.mode(tx, first.creator)
        if mode is None:
            return tr(texts.OFF)
        why = MessageDoubt(first.why or MessageDoubt.FIRST)
        if why is MessageDoubt.FIRST:
            await message_replies.tell(
                tx, first.creator, first.member, WriterNotice.GOES, now=self._ctx.clock.now()
            )
        return texts.sent(first.member, why, mode.inside, stopped)


def heard_again(row: TypedMessageRecord, by: ButtonPresser, text: str, now: Millis) -> TypedThreadMessage:
    """A message as it is taken at a press: nothing of it is doubted any more."""
    return TypedThreadMessage(row.message, row.channel, by.by, by.name, text, now)


async def _asked(tx: Transaction, line: EffectId) -> Sequence[TypedMessageRecord]:
    return [row for row in await message_replies.of_line(tx, line) if row.state is TypedMessageState.ASKED]
