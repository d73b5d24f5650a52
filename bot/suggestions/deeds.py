"""The deed of a suggestion: a preview that any manager may confirm, once."""
# ruff: noqa: ARG002 -- every deed of a proposal is asked the same questions

from collections.abc import Sequence
from dataclasses import replace

from bot.posts.feature import Post
from bot.proposals.carrying import Carried, Carry, Ground
from bot.proposals.features import Content, Preview, ProposalRefused
from bot.proposals.record import Record, Shared
from bot.relay.deeds import Settling
from bot.relay.errors import Refused
from bot.relay.voices import Voice
from storage import commands as command_rows
from storage import creators, drafts
from storage.database import Transaction
from storage.records import CommandId, DiscordId, DraftId, Effect, Link, Millis

LIFE: Millis = 3 * 86_400_000  # for a manager to decide
_GONE = "The Fanvue account is not connected any more."


class PutUp(Carry):
    """Fanvue is only read: what is written is one draft, whose id follows from the effect."""

    settling = Settling.REPEAT

    def __init__(self, ground: Ground, record: Record, post: Post) -> None:
        super().__init__(ground)
        self._record = record
        self._post = post

    def operation(self, content: Content) -> str | None:
        """None of Fanvue's."""
        return None

    async def carry(self, effect: Effect, content: Content, voice: Voice | None) -> Carried:
        """Looked at once more as the post that it is; then it waits."""
        link = await self._ground.database.read(lambda tx: creators.open_link(tx, effect.creator))
        if link is None:
            raise Refused(_GONE)
        try:
            shown = await self._post.preview(link, content)
        except ProposalRefused as refused:
            raise Refused(refused.sentence) from refused
        await self._ground.database.write(lambda tx: self._open(tx, effect, link, shown))
        return Carried(f"postask:{effect.id}", "put up for approval in `/review posts`")

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[Carried]:
        """Nothing comes about on Fanvue that could be found."""
        return ()

    async def _open(self, tx: Transaction, effect: Effect, link: Link, shown: Preview) -> None:
        ref = DraftId(effect.id)
        body = self._ground.effects.body(effect)
        command = await command_rows.get(tx, CommandId(body["command"]))
        if command is None or await drafts.get(tx, ref) is not None:
            return
        by = DiscordId(body["actor"])
        known = replace(shown, body=(f"**Suggested by:** <@{by}>", *shown.body))
        shared = Shared(by=by, until=self._ground.clock.now() + LIFE, ref=ref)
        await self._record.open(tx, command, link, self._post, known, shared=shared)
