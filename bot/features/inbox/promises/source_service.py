"""A message of the creator's side, as what a promise begins with."""

from bot.engine.outbox import Effects, unpack_post
from bot.features.inbox.notes.thread_work import FanThreadWork
from bot.features.inbox.promises import texts
from bot.features.inbox.promises.service import LONGEST
from bot.model.errors import SealDamaged, TextErased
from bot.model.language import tr
from bot.text.reply_rules import ReplyRefused
from bot.text.safe_text import one_line
from storage.database import Transaction
from storage.engine import outbox
from storage.inbox import fan_footprint, messages
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import DiscordId, Effect, EffectId, FanThread


class PromiseSourceService:
    """Whether somebody may was asked before."""

    def __init__(self, *, about: FanThreadWork, effects: Effects) -> None:
        self._about = about
        self._effects = effects

    async def text_of(self, channel: DiscordId, message: DiscordId) -> str:
        """The text of our message in a fan's thread, as far as it fits. Raises ReplyRefused for others.

        Empty where it is no longer kept, or kept off Discord: reading that leaves a line in the audit log.
        """

        async def work(tx: Transaction, thread: FanThread) -> str:
            line = await fan_footprint.maker(tx, thread.creator, thread.fan, f"{channel}:{message}")
            if line is None or not await _is_ours(tx, line, message):
                raise ReplyRefused(tr(texts.NOT_OURS))
            if await privacy_modes.strictest(tx, line.creator, since=line.created_at) is PrivacyMode.PRIVATE:
                return ""
            try:
                return one_line(await self._text(tx, line), LONGEST)
            except (TextErased, SealDamaged):
                return ""

        return await self._about.look(channel, work)

    async def _text(self, tx: Transaction, line: Effect) -> str:
        body = self._effects.body(line)
        if line.kind == "reply.post":
            send = await outbox.get(tx, EffectId(body["reply"]))
            return (self._effects.body(send)["text"] or "") if send is not None else ""
        return "\n".join(part.replace("\\", "") for part in unpack_post(body["post"]).body)


async def _is_ours(tx: Transaction, line: Effect, shown: DiscordId) -> bool:
    """Whether a line shows what a member sent or is about to, or what was written on Fanvue itself."""
    if line.kind == "reply.post":
        return True
    paired = await messages.of_discord(tx, shown)
    return line.kind == "post" and paired is not None and paired.direction == "out"
