"""Everything of a creator is to be erased: asked with counts, then typed."""

from dataclasses import replace

from bot.access.permits import ActionConfirmation
from bot.access.policy import Action
from bot.engine.commands import CommandWish
from bot.features.people.privacy import erasure_texts as wording
from bot.features.people.privacy.question_service import OVER, PrivacyQuestionService
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.context import Context
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import drafts
from storage.people import creator_wipe, creators, erasures, retention
from storage.people.erasures import ErasureStep
from storage.records import CommandId, CreatorId, DiscordId, Link, LinkKind

ERASE = "erase"
KIND = Action.ERASE


class CreatorErasureService:
    """Asks, and begins. Who may is checked at every click; the work itself is `erasure_job`'s."""

    def __init__(self, ctx: Context, *, asking: PrivacyQuestionService) -> None:
        self._ctx = ctx
        self._asking = asking

    async def ask(self, link: Link, by: DiscordId) -> Post:
        """The question about data erased and kept; or why somebody else has to ask."""

        async def work(tx: Transaction) -> Post | None:
            if not await _may(tx, link.creator, by):
                return Post(body=(tr(wording.ONLY_THE_OWNER),))
            counted = await creator_wipe.counts(tx, link.creator)
            terms = await retention.terms(tx, link.creator)
            return wording.question(link.handle, counted, terms)

        post = await self._ctx.database.read(work)
        assert post is not None
        if not post.title:
            return post
        yes, no = await self._asking.ask(link.creator, by, Action.ERASE, ERASE, {"handle": link.handle})
        return replace(post, buttons=(replace(yes, label=tr(wording.TYPE_IT)), no))

    async def stage(self, wish: CommandWish) -> CommandId | None:
        """Keep what was typed before Discord is answered; None when it was kept already."""
        return await self._ctx.commands.stage(wish, action=KIND)

    async def begin(self, command: CommandId, typed: str, yes: ActionConfirmation) -> str:
        """Begin, if the creator's handle was typed; return the answer."""
        by = yes.by.user

        async def work(tx: Transaction) -> str:
            if not await command_rows.accept(tx, command):
                return tr(wording.NOT_TAKEN)
            question = await self._asking.asked(tx, yes, Action.ERASE)
            if question is None:
                return tr(OVER)
            handle = str(question.given["handle"])
            if typed.strip().lstrip("@").casefold() != handle.casefold():
                return wording.typed_wrong(handle)
            if not await _may(tx, question.creator, by):  # since the door was asked, a link may have ended
                return tr(wording.ONLY_THE_OWNER)
            if not await self._asking.close(tx, question, "yes"):
                return tr(OVER)
            await drafts.blank(tx, question.draft)
            begun = await erasures.begin(
                tx,
                question.creator,
                by=by,
                command=command,
                step=ErasureStep.BEGUN,
                now=self._ctx.clock.now(),
            )
            if not begun:
                return tr(wording.UNDER_WAY)
            await self._ctx.effects.trail.write(
                tx, KIND, "begun", actor=by, creator=question.creator, cause=question.draft
            )
            return tr(wording.BEGUN)

        return await self._ctx.database.write(work)


async def _may(tx: Transaction, creator: CreatorId, by: DiscordId) -> bool:
    """The owner may; a steward only where there has never been an owner."""
    link = await creators.open_link(tx, creator)
    if link is None or link.discord_user != by:
        return False
    if link.kind is LinkKind.STEWARD:
        return not await creators.ever_own(tx, creator)
    return link.kind is LinkKind.OWN
