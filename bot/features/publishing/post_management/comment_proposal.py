"""A comment as the creator: seen first, made once, looked for in doubt."""
# ruff: noqa: ARG002 -- every handler of a proposal is asked the same questions

from collections.abc import Sequence

from bot.fanvue.paging import may_be_from
from bot.features.publishing.post_management import texts
from bot.features.publishing.post_management.change_rules import is_out
from bot.features.publishing.post_management.comment_fanvue import FanvueComments, fitting, hides
from bot.features.publishing.post_management.fanvue import GONE, FanvuePostManagement
from bot.features.publishing.post_management.input_rules import post_of
from bot.features.publishing.post_management.proposal import must_be_allowed
from bot.features.publishing.proposals.effects import (
    ProposalContext,
    ProposalHandler,
    ProposalOutcome,
    UnreadableCandidate,
)
from bot.features.publishing.proposals.model import Content, ProposalPreview, ProposalRefused, makes_new
from bot.model.acting_account import CallAccount
from bot.model.language import msgid, number_text, tr
from bot.relay.context import Context
from bot.relay.send_match import SKEW
from bot.text.reply_rules import TEXT_LIMIT
from bot.text.safe_text import safe
from bot.text.time_zones import DEFAULT_ZONE
from storage.money import digests
from storage.records import Effect, Link, Millis

NAME = "postcomment"
_NOTHING = msgid("Not published.")
_NOT_OUT = msgid("You can only comment on a published post. {nothing}")
_LENGTH = msgid("A comment needs a text of up to {most} characters. {nothing}")


class CommentProposal:
    """Implements `bot.features.publishing.proposals.model.ProposalKind`."""

    name = NAME
    noun = msgid("Comment")
    done = msgid("posted")
    command, again = "/post comment", makes_new("/post comment")

    def __init__(self, ctx: Context, *, there: FanvuePostManagement) -> None:
        self._ctx = ctx
        self._there = there

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The post, and the comment to the letter."""
        must_be_allowed(link)
        post, now, text = post_of(content), self._ctx.clock.now(), str(content["text"]).strip()
        if not 0 < len(text) <= TEXT_LIMIT:
            raise ProposalRefused(tr(_LENGTH, most=number_text(TEXT_LIMIT), nothing=tr(_NOTHING)))
        row = await self._there.read(link.creator, post)
        if row is None:
            raise ProposalRefused(f"{tr(GONE)} {tr(_NOTHING)}")
        if not is_out(row, now):
            raise ProposalRefused(tr(_NOT_OUT, nothing=tr(_NOTHING)))
        zone = await self._ctx.database.read(lambda tx: digests.zone(tx, link.creator)) or DEFAULT_ZONE
        return ProposalPreview(
            content={"post": post, "text": text},
            title=tr("A comment of @{handle}", handle=safe(link.handle)),
            body=(
                tr("**Below the post:** {about}", about=texts.about(row, now, zone)),
                texts.quoted(row.text),
                tr("**The comment:**"),
                texts.quoted(text),
            ),
            confirm=tr("Publish it"),
            warning=tr("Everyone who sees the post sees it as soon as you confirm."),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """That the post is still out has just been checked."""
        return shown.content == now.content


class CommentHandler(ProposalHandler):
    """Fanvue knows no Idempotency-Key for comments."""

    def __init__(self, ground: ProposalContext, comments: FanvueComments) -> None:
        super().__init__(ground)
        self._comments = comments

    def operation(self, content: Content) -> str | None:
        """Managers comment as the creator does."""
        return "comment"

    async def carry(self, effect: Effect, content: Content, voice: CallAccount | None) -> ProposalOutcome:
        made = await self._comments.make(effect.creator, content["post"], content["text"], voice=voice)
        return ProposalOutcome(made, lambda: tr("posted"))

    async def candidates(
        self, effect: Effect, content: Content, seen: Content, *, started: Millis
    ) -> Sequence[ProposalOutcome | UnreadableCandidate]:
        """The creator's own comments there with the same text that are not older than the attempt."""
        creator, text = effect.creator, content["text"]
        there = await self._comments.below(creator, content["post"])
        hidden = [one.uuid for one in there.rows if hides(one, creator, text, started=started)]
        unread = [one.id or "" for one in may_be_from(there.unread, started - SKEW)]
        return [
            *(
                ProposalOutcome(one.uuid, lambda: tr("posted"))
                for one in fitting(there.rows, creator, text, started=started)
            ),
            *(UnreadableCandidate(one) for one in (*hidden, *unread)),
        ]
