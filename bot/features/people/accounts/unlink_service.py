"""Lists links, and ends one: fenced, revoked, erased (R13)."""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.access import questions
from bot.access.permits import ActionConfirmation, Actor
from bot.access.policy import Action
from bot.access.questions import ConfirmationQuestion
from bot.engine.channel_languages import in_channels
from bot.features.people.accounts import leftovers, token_pairs
from bot.features.people.accounts.leftovers import AccountLeftovers
from bot.features.people.accounts.notices import LINK_AGAIN, alert
from bot.features.people.accounts.ports import AccountLinkContext
from bot.model.errors import TryLater
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.frozen_threads import belongs_to
from storage.database import Transaction
from storage.engine.drafts import Draft
from storage.people import creators, managed_creators, tokens
from storage.records import CreatorId, DiscordId, DraftId, Link, LinkId, LinkKind, LinkState

log = logging.getLogger(__name__)

QUESTION = f"{Action.UNLINK}.propose"


@dataclass(frozen=True)
class EndedLink:
    """A link that was ended, and what it left undone: a line each, for the one who ended it."""

    handle: str
    not_sent: tuple[str, ...]
    unclear: tuple[str, ...]


class AccountUnlinkService:
    """Ends links, and says whose link is used for a creator."""

    def __init__(self, means: AccountLinkContext) -> None:
        self._means = means

    async def links_of(self, user: DiscordId) -> list[Link]:
        """A user's links that are not closed, oldest first."""
        return await self._means.database.read(lambda tx: creators.links_of(tx, user))

    async def active(self, creator: CreatorId) -> Link:
        """The link to use for a creator; TryLater(paused=True) when only a person can help."""
        link = await self._means.database.read(lambda tx: creators.open_link(tx, creator))
        if link is None or link.state is not LinkState.ACTIVE:
            raise TryLater(LINK_AGAIN, paused=True)
        return link

    async def unlink(self, creator: CreatorId, owner: DiscordId, *, by: DiscordId | None) -> EndedLink | None:
        """End this person's own link; None when they have none to this creator. `by` None: the operator.

        From the commit on nothing is sent, no token is used, and the creator's threads are frozen: a reply in
        one is refused and says whose it is. Revoking goes on for up to a day.
        """
        return await self._unlink(creator, owner, by, _no_question)

    async def ask(self, link: Link, by: Actor) -> DraftId:
        """Keep the question whether a link is to end: one yes counts, and only for this link."""
        asking = ConfirmationQuestion(QUESTION, by.user, by.guild, link.creator, {"link": link.id})
        ref, now = DraftId(self._means.ids.new()), self._means.clock.now()
        return await self._means.database.write(lambda tx: questions.ask(tx, asking, ref, now=now))

    async def asked(self, yes: ActionConfirmation) -> EndedLink | None:
        """Yes to it, likewise; None where it is over, or the link is another by now."""
        by, now = yes.by.user, self._means.clock.now()

        async def open_still(tx: Transaction) -> tuple[Draft, CreatorId, str] | None:
            draft = await questions.asked(tx, yes, Action.UNLINK, QUESTION)
            if draft is None or draft.creator is None or not questions.is_open(draft, now):
                return None
            return draft, draft.creator, json.loads(draft.target)["link"]

        found = await self._means.database.read(open_still)
        if found is None:
            return None
        draft, creator, asked_of = found

        async def closed(tx: Transaction, link: Link) -> bool:
            return link.id == asked_of and await questions.close(tx, yes, draft, "confirmed", now=now)

        return await self._unlink(creator, by, by, closed)

    async def keep(self, ref: DraftId, owner: DiscordId) -> None:
        now = self._means.clock.now()
        await self._means.database.write(lambda tx: questions.drop(tx, ref, owner, QUESTION, now=now))

    async def _unlink(
        self,
        creator: CreatorId,
        owner: DiscordId,
        by: DiscordId | None,
        closed: Callable[[Transaction, Link], Awaitable[bool]],
    ) -> EndedLink | None:
        """`closed`: takes the answer in the same transaction; False: it is none to ending this link."""
        before = await self._means.database.read(lambda tx: creators.open_link(tx, creator))
        if before is not None and before.discord_user == owner and before.state is LinkState.ACTIVE:
            await self._means.leaving(before)  # afterwards there is no token to do it with

        async def work(tx: Transaction) -> EndedLink | None:
            link = await creators.open_link(tx, creator)
            if link is None or link.discord_user != owner or link.state is LinkState.UNLINKING:
                return None
            if not await closed(tx, link):
                return None
            ends = (link, *await creators.stewarded(tx, link.id))
            left = [await self._end(tx, one, by) for one in ends]
            return EndedLink(
                link.handle,
                tuple(line for one in left for line in one.not_sent),
                tuple(line for one in left for line in one.unclear),
            )

        unlinked = await self._means.database.write(work)
        if unlinked is not None:
            await self._means.revoking.carry_out()
        return unlinked

    async def stand_down(self, via: LinkId, creator: CreatorId) -> None:
        """End what somebody did for a creator through this link: their account manages them no more."""

        async def work(tx: Transaction) -> None:
            for link in await creators.stewarded(tx, via):
                if link.creator == creator:
                    await self._end(tx, link, None, let_go=True)

        await self._means.database.write(work)

    async def _end(
        self, tx: Transaction, link: Link, by: DiscordId | None, *, let_go: bool = False
    ) -> AccountLeftovers:
        await creators.move(tx, link.id, was=link.state, to=LinkState.UNLINKING)
        await creators.fence(tx, link.id, generation=link.generation + 1)
        left = await leftovers.cancel(tx, self._means.effects, link.creator, clock=self._means.clock)
        await self._let_go(tx, link)
        await managed_creators.forget(tx, link.id)
        outcome = f"{len(left.not_sent)} not sent"
        action = _action(link, by, let_go=let_go)
        await self._means.journal.write(tx, action, outcome, target=link.id, actor=by, creator=link.creator)
        if link.kind is not LinkKind.MEMBER:  # with a member's account no threads end
            await self._means.talks.frozen(tx, link.creator)
            await self._tell_the_team(tx, link)
        return left

    async def _tell_the_team(self, tx: Transaction, link: Link) -> None:
        async with in_channels(tx, link.creator):
            post = _frozen(link)
        cause = f"{link.id}:{link.generation}"
        await alert(tx, self._means.effects, creator=link.creator, cause=cause, part="frozen", post=post)

    async def _let_go(self, tx: Transaction, link: Link) -> None:
        pair = await tokens.get(tx, link.id)
        await tokens.erase(tx, link.id)
        try:
            refresh = token_pairs.refresh_of(self._means.sealer, link, pair) if pair else None
        except ValueError:
            log.exception("integrity: the tokens of link %s do not open; they are erased unrevoked", link.id)
            refresh = None
        if refresh is None:
            await creators.close(tx, link.id, now=self._means.clock.now())
        else:
            await self._means.revoking.owe(tx, refresh, link=link.id)


async def _no_question(_tx: Transaction, _link: Link) -> bool:
    return True  # it was confirmed elsewhere, or by the operator


def _action(link: Link, by: DiscordId | None, *, let_go: bool) -> str:
    """Its audit log name; `let_go`: Fanvue lets the account in no more; else `by` None: the operator."""
    what = "steward" if link.kind is LinkKind.STEWARD else "link"
    if by is None:
        return f"{what}.let_go" if let_go else f"{what}.operator"
    return f"{what}.ended" if by == link.discord_user else f"{what}.taken"


def _frozen(link: Link) -> Post:
    title, again = tr("A Fanvue account was disconnected"), tr("Resume with /link and this same account.")
    if link.kind is LinkKind.STEWARD:
        title = tr("Nobody stands in for a creator's owner now")
        again = tr("The owner resumes with /link, or someone who manages the account with /account steward.")
    return Post(title=title, body=(f"{belongs_to(link.handle)} {again}",))
