"""Reads a chat on Fanvue before something is sent that nobody presses for."""

from collections.abc import Sequence
from functools import partial

from bot.model.errors import DeliveryFailed
from bot.model.events import NO_SENDER, TO_MANY, Person
from bot.model.language import english, msgid
from bot.model.ports import ChatMessage, FanvuePort
from bot.relay.context import Context
from bot.relay.send_match import SKEW
from bot.relay.sweep_chats import meaning_of
from bot.relay.sweep_findings import SweepFindings
from storage.database import Transaction
from storage.engine import outbox, sent_message_ids
from storage.inbox import messages, watermarks
from storage.records import CreatorId, FanId, Millis

_NOT_READ = msgid("We couldn't read this chat on Fanvue, so only a press sends this: {reason}")


class UnheardMessages:
    """One read each; what it finds is kept as a sweep keeps it, so the fan's thread shows it too."""

    def __init__(self, ctx: Context, *, chats: FanvuePort, finding: SweepFindings) -> None:
        self._database = ctx.database
        self._chats = chats
        self._finding = finding

    async def any(self, creator: CreatorId, fan: FanId, *, since: Millis) -> bool:
        """Whether somebody wrote what no line of the fan's thread shows. Raises DeliveryFailed.

        `since`: what was known before needs no line; what nobody has told counts however old it is.
        """
        rows = await self._chats.sent_since(creator, fan, since - SKEW)
        return await self._database.write(
            partial(self._keep, creator=creator, fan=fan, rows=rows, since=since - SKEW)
        )

    async def _keep(
        self, tx: Transaction, creator: CreatorId, fan: FanId, rows: Sequence[ChatMessage], since: Millis
    ) -> bool:
        mark = await watermarks.get(tx, creator)
        floor = mark.floor if mark is not None else since
        shown = {str(row.message): row for row in rows if row.sent_at >= floor and not _is_to_many(row)}
        unknown = await self._finding.unknown(
            tx, creator, [meaning_of(creator, Person(fan), row, at=row.sent_at) for row in shown.values()]
        )
        asked = {one.key for one in unknown} | {key for key, row in shown.items() if row.sent_at >= since}
        news = [key for key in asked if await self._has_no_line(tx, creator, fan, shown[key])]
        await self._finding.keep(tx, creator, unknown)
        # Of one that cannot be read nobody can say that it is old.
        return bool(news) or any(row.unclear == NO_SENDER and not row.sent_at for row in rows)

    async def _has_no_line(
        self, tx: Transaction, creator: CreatorId, fan: FanId, message: ChatMessage
    ) -> bool:
        """Whether no line stands for it: each message that was decided about is paired."""
        if await messages.get(tx, creator, message.message) is not None:
            return False
        if not message.from_creator:
            return True
        # It may be a send of ours whose end is not known yet; its line is there.
        owner = await sent_message_ids.owner(tx, creator, message.message)
        return owner is None and not await outbox.unclaimed_sends(tx, creator, fan)


def not_read(failed: DeliveryFailed) -> str:
    """Why only a press sends it, to be told with `tr_stored`."""
    return english(_NOT_READ, reason=failed.reason)


def _is_to_many(message: ChatMessage) -> bool:
    return message.from_creator and (message.kind or "").upper() in TO_MANY
