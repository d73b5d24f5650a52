"""The stale-draft guard: lines written since its member began to answer."""

from bot.engine.outbox import Effects, unpack_post
from bot.engine.streams import discord_stream
from bot.features.inbox.checks.model import CheckPass, CheckQuestion, DraftedReply, Finding
from bot.features.inbox.checks.texts import entry
from bot.model.errors import DeliveryRefused, SealDamaged, TextErased
from bot.model.language import msgid, msgid_many, tr, tr_many
from bot.model.ports import Post
from bot.relay.impostors import label_of
from bot.relay.post_effects import view_of_reply
from storage.database import Transaction
from storage.inbox import fans, unread_lines
from storage.people import privacy_modes
from storage.people.privacy_modes import PrivacyMode
from storage.records import Effect, EffectId

_MOST = 15  # entries that are shown at once; Send shows the next ones
_ANYWAY = msgid("your reply is sent after these, as you wrote it")
_REST = msgid("you see the other new messages before anything is sent")
_KEPT_OFF = msgid("🔒 You can't see its text here. The thread shows what you may see.")

_NEW_SINCE_YOU = msgid_many(
    "**There's a new message since you started to answer.**",
    "**There are {n} new messages since you started to answer.**",
)
_NEW_SINCE_THIS = msgid_many(
    "**There's a new message since this was started.**",
    "**There are {n} new messages since this was started.**",
)
# Translators: Send is the button's name.
_OLDEST_SEND = msgid_many(
    "This is the oldest one: Send shows the others.", "These are the oldest {n}: Send shows the others."
)
# Translators: Approve is the button's name.
_OLDEST_APPROVE = msgid_many(
    "This is the oldest one: Approve shows the others.", "These are the oldest {n}: Approve shows the others."
)


class StaleDraftCheck:
    """Asks when the fan, a colleague, the creator's own app or an automation wrote meanwhile.

    What the member wrote themselves is no news to them, and notes of the bridge are no messages.
    """

    name = "stale"

    def __init__(self, effects: Effects) -> None:
        self._effects = effects

    async def look(self, tx: Transaction, reply: DraftedReply) -> Finding:
        """Show new lines with their texts, even if barred from the thread: only the member sees them."""
        seen = max(reply.seen, int(reply.confirmed.get(self.name, "0")))
        stream = discord_stream(reply.creator, reply.fan)
        new = await unread_lines.written(tx, stream, after=seen, but=reply.actor)
        if not new:
            return CheckPass()
        fan = await fans.get(tx, reply.creator, reply.fan)
        who = await label_of(tx, fan) if fan is not None else tr("The fan")
        found: CheckQuestion | None = None
        entries: tuple[str, ...] = ()
        opens: tuple[EffectId, ...] = ()
        for line in new[:_MOST]:  # oldest first: what is left out of a question comes after it
            entries = (*entries, await self._entry(tx, line, who, reads=reply.reads))
            if reply.reads and await _is_kept_off(tx, line):
                opens = (*opens, line.id)
            lines = (_headline(len(new), len(entries), lead=reply.author is not None), *entries)
            means = tr(_ANYWAY) if len(entries) == len(new) else tr(_REST)
            found = CheckQuestion(lines, means, str(line.seq), opens, found)
        return found or CheckPass()

    async def _entry(self, tx: Transaction, line: Effect, who: str, *, reads: bool) -> str:
        post = await self._post(tx, line)
        if post is None:
            return entry(Post(body=(tr("A message whose text hasn't arrived yet."),)), who)
        if not reads:
            post = Post(title=post.title, body=(tr(_KEPT_OFF),), small=post.small)
        return entry(post, who)

    async def _post(self, tx: Transaction, line: Effect) -> Post | None:
        """The line as it would stand in the thread, whole; None where there is no text of it (any more)."""
        try:
            body = self._effects.body(line)
            if line.kind == "reply.post":
                post, _ = await view_of_reply(tx, self._effects, EffectId(body["reply"]))
                return post
            return unpack_post(body["post"]) if "post" in body else None
        except (SealDamaged, TextErased, DeliveryRefused):
            return None


async def _is_kept_off(tx: Transaction, line: Effect) -> bool:
    return await privacy_modes.strictest(tx, line.creator, since=line.created_at) is PrivacyMode.PRIVATE


def _headline(number: int, shown: int, *, lead: bool) -> str:
    one, many = _NEW_SINCE_THIS if lead else _NEW_SINCE_YOU
    said = tr_many(one, many, number)
    if shown == number:
        return said
    one, many = _OLDEST_APPROVE if lead else _OLDEST_SEND
    return f"{said} {tr_many(one, many, shown)}"
