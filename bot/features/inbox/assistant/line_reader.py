"""Reads the text that a line of a fan's thread shows, as the fan wrote it."""

import re
from typing import Final

from bot.engine.outbox import Effects, unpack_post
from bot.features.inbox.assistant import texts
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.bursts import LEARNED
from bot.relay.lines import number_of
from bot.text.colours import FAN_COLOUR
from bot.text.reply_rules import ReplyRefused
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import deleted_messages, line_bursts, threads
from storage.records import DiscordId, Effect, EffectId, FanThread

_ESCAPED: Final = re.compile(r"\\(.)")
_LINES: Final = frozenset({"post", "post.join"})


class FanLineReader:
    """Part of the caller's transaction."""

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    async def read(self, tx: Transaction, ref: EffectId, channel: DiscordId) -> tuple[FanThread, str]:
        """The thread, and all texts of the post in which this line stands.

        Raises ReplyRefused for what is no line of a fan's in this thread, TextErased, SealDamaged.
        """
        line, thread = await outbox.get(tx, ref), await threads.by_discord(tx, channel)
        if line is None or thread is None or (thread.creator, thread.fan) != (line.creator, line.fan):
            raise ReplyRefused(tr(texts.NOTHING_HERE))
        if line.kind not in _LINES or number_of(line.part) is None:
            raise ReplyRefused(tr(texts.NO_TEXT))
        said = [await self._said(tx, one) for one in await line_bursts.sharing(tx, line) or (line,)]
        if not any(said):
            raise ReplyRefused(tr(texts.NO_TEXT))
        return thread, "\n".join(filter(None, said))

    async def _said(self, tx: Transaction, line: Effect) -> str:
        """Empty for what the fan took back, and for a line of anybody else."""
        if await deleted_messages.of_line(tx, line.id) is not None:
            return ""
        learned = await outbox.by_cause(tx, line.id, LEARNED)
        return words_of(unpack_post(self._effects.body(learned or line)["post"]))


def words_of(post: Post) -> str:
    """What a fan's post says, without the escapes that Discord needs; empty where nobody wrote anything."""
    if post.accent != FAN_COLOUR or not post.outline:
        return ""
    return _ESCAPED.sub(r"\1", "\n".join(post.body))
