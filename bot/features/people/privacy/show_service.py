"""Shows a line whole to one member who asks; nothing of it stays on Discord.

Whether the member may read the thread is the caller's to check, at the moment of the click, and the
pictures are the caller's to fetch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.engine.outbox import unpack_post
from bot.features.people.privacy import texts
from bot.model.errors import DeliveryRefused
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from bot.relay.lines import number_of, part_of
from bot.relay.post_effects import view_of_reply
from bot.relay.send_effects import outgoing
from bot.text.reply_states import paid
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import deleted_messages, messages, threads
from storage.records import DiscordId, Effect, EffectId, FanId, FanvueMessageId

_LINES = ("post", "post.join", "post.hidden")
_REPLY = "reply.post"


@dataclass(frozen=True)
class WholeLine:
    """A line with all that it says. `media_of`: the chat and the message that has media, if it has."""

    post: Post
    media_of: tuple[FanId, FanvueMessageId] | None = None


class WholeLineService:
    """Opens a line that says only who and when."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def show(self, line: EffectId, channel: DiscordId) -> WholeLine | str:
        """The whole line, for a private answer; a sentence when there is none of this thread's."""

        async def work(tx: Transaction) -> WholeLine | str:
            effect = await outbox.get(tx, line)
            thread = await threads.by_discord(tx, channel)
            if (
                effect is None
                or thread is None
                or (thread.creator, thread.fan) != (effect.creator, effect.fan)
            ):
                return tr(texts.NOTHING_HERE)
            if await deleted_messages.of_line(tx, line) is not None:
                return tr(texts.DELETED)
            try:
                whole = await self._whole(tx, effect, thread.fan)
            except DeliveryRefused as nothing:
                return nothing.reason
            trail = self._ctx.effects.trail
            await trail.looked(tx, "hidden.show", creator=effect.creator, fan=effect.fan, cause=line)
            return whole

        return await self._ctx.database.write(work)

    async def _whole(self, tx: Transaction, line: Effect, fan: FanId) -> WholeLine | str:
        if line.kind == _REPLY:
            return await self._reply(tx, EffectId(self._ctx.effects.body(line)["reply"]), fan)
        if line.kind not in _LINES:
            return tr(texts.NOTHING_HERE)
        learned = await outbox.by_cause(tx, line.id, "media")  # what was learned of it after it was posted
        body = self._ctx.effects.body(learned or line)
        post = _bare(unpack_post(body["post"]))
        message = await self._message(tx, line)
        paired = await messages.get(tx, line.creator, message) if message is not None else None
        if paired is not None and paired.bought_at is not None:
            post = replace(post, small=f"{post.small} · {paid(paired.bought_at)}")
        shows = message is not None and await self._has_media(tx, line, body)
        return WholeLine(post, (fan, message) if shows and message is not None else None)

    async def _reply(self, tx: Transaction, reply: EffectId, fan: FanId) -> WholeLine:
        post, message = await view_of_reply(tx, self._ctx.effects, reply)
        send = await outbox.get(tx, reply)
        has = send is not None and bool(outgoing(self._ctx.effects.body(send)).media)
        return WholeLine(_bare(post), (fan, message) if has and message is not None else None)

    async def _message(self, tx: Transaction, line: Effect) -> FanvueMessageId | None:
        """The message of a line: only the first of its lines says it."""
        first = line
        if number_of(line.part):
            found = await outbox.by_cause(tx, line.cause, part_of(0))
            if found is None:
                return None
            first = found
        message = self._ctx.effects.body(first).get("message")
        return FanvueMessageId(message) if message else None

    async def _has_media(self, tx: Transaction, line: Effect, body: Mapping[str, Any]) -> bool:
        """Whether media are told of in this line: of several parts, in the last one."""
        number = number_of(line.part)
        if number is None or not body.get("media"):
            return False
        return await outbox.by_cause(tx, line.cause, part_of(number + 1)) is None


def _bare(post: Post) -> Post:
    return replace(post, buttons=(), outline=None)
