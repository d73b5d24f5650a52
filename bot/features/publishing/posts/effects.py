"""Handler of a post: one POST, ever; in doubt Fanvue's posts are searched."""
# ruff: noqa: ARG002 -- every handler of a proposal is asked the same questions

from collections.abc import Sequence
from functools import partial

from bot.features.publishing.posts.fanvue import FanvuePosts
from bot.features.publishing.posts.match_rules import fitting, hides
from bot.features.publishing.posts.plan_rules import unpacked
from bot.features.publishing.posts.texts import told
from bot.features.publishing.proposals.effects import (
    ProposalContext,
    ProposalHandler,
    ProposalOutcome,
    UnreadableCandidate,
)
from bot.features.publishing.proposals.model import Content
from bot.model.acting_account import CallAccount
from bot.model.errors import DeliveryRefused
from bot.model.language import msgid
from bot.text.typed_times import still_ahead
from storage.records import Effect, Millis

_PASSED = msgid("The chosen time passed before we could reach Fanvue. Not published.")


class PostPublicationHandler(ProposalHandler):
    """Publishes or schedules what was confirmed. Fanvue knows no Idempotency-Key for posts."""

    def __init__(self, ground: ProposalContext, fanvue: FanvuePosts) -> None:
        super().__init__(ground)
        self._fanvue = fanvue

    def operation(self, content: Content) -> str | None:
        """Managers publish as the creator does."""
        return "create_post"

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        """One request, unless its time has passed meanwhile: late is not what was confirmed."""
        post, now = unpacked(content), self._ground.ctx.clock.now()
        if not still_ahead(post.publish_at, now):
            raise DeliveryRefused(_PASSED)
        made = await self._fanvue.create(effect.creator, post, voice=voice)
        return ProposalOutcome(made, partial(told, post))

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome | UnreadableCandidate]:
        """Posts with the same text, media, price, audience and time that are not older than the attempt."""
        post = unpacked(content)
        says = partial(told, post)
        there = await self._fanvue.recent(effect.creator, since=started)
        hidden = [found.uuid for found in there.rows if hides(found, post, started=started)]
        return [
            *(ProposalOutcome(found.uuid, says) for found in fitting(there.rows, post, started=started)),
            *(UnreadableCandidate(one) for one in (*hidden, *(row.id or "" for row in there.unread))),
        ]
