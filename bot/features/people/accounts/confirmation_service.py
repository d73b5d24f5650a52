"""The owner's Yes or No in Discord: only a Yes makes a link (R12, step 9)."""

import logging
from dataclasses import dataclass, replace

from bot.access.admission import still_named
from bot.engine.channel_languages import in_channels
from bot.engine.member_languages import to_member
from bot.features.people.accounts import token_pairs
from bot.features.people.accounts.delegated_renewal import may_renew, told
from bot.features.people.accounts.notices import alert, tell_owner
from bot.features.people.accounts.ports import AccountLinkContext
from bot.features.people.accounts.question_texts import MEMBERS
from bot.features.people.accounts.token_pairs import UnsealedTokenPair
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.relay.onboarding import LinkWish, housed, wake
from bot.text.safe_text import one_line, safe
from storage.database import Transaction
from storage.people import creators, erasures, managed_creators, pending_links, tokens
from storage.records import Creator, DiscordId, Link, LinkId, LinkKind, LinkState

log = logging.getLogger(__name__)

NOT_THERE = msgid("This question has expired. Connect an account with /link.")
_TAKEN = msgid(
    "Another Discord user already connected this Fanvue account, so nothing changed. "
    "They can use /account unlink first; we notified them that you asked."
)
_TOO_LATE = msgid("That took longer than 10 minutes. Not connected: please use /link again.")
_ERASING = msgid(
    "We are erasing everything about this account right now, so it was not connected. "
    "Use /link again once the bot has notified its owner that it is done."
)
_REFUSED = msgid("All right, not connected. We told Fanvue to forget the permission.")
_SHOWN = msgid("Its fans' messages appear there, and its team answers them in its name.")
_NAME = 80


@dataclass(frozen=True)
class AccountLinkAnswer:
    """The answer to a press. `link`: made by a Yes; `replaces`: the link it may replace."""

    sentence: str
    link: Link | None = None
    replaces: LinkId | None = None


class AccountConfirmationService:
    """Settles a pending link, once."""

    def __init__(self, means: AccountLinkContext) -> None:
        self._means = means

    async def answer(self, ref: str, actor: DiscordId, *, yes: bool) -> AccountLinkAnswer:
        """Settle the question; `ref` says which of its answers it is. Only the ticket's owner can."""

        async def work(tx: Transaction) -> AccountLinkAnswer:
            pending = await pending_links.asked(tx, ref)
            offer = pending.offer(ref) if pending is not None else None
            if pending is None or offer is None or pending.discord_user != actor:
                if pending is not None:
                    await self._note(tx, pending, "link.answer", "denied", actor)
                return AccountLinkAnswer(tr(NOT_THERE))  # the same words for a stranger and for nothing
            pair = await self._opened(tx, pending)
            if pair is None:
                return AccountLinkAnswer(tr(NOT_THERE))
            if self._means.clock.now() >= pending.expires_at:
                await self._drop(tx, pending, pair, "expired")
                return AccountLinkAnswer(tr(_TOO_LATE))
            if not yes:
                await self._drop(tx, pending, pair, "refused")
                return AccountLinkAnswer(tr(_REFUSED))
            if await erasures.of(tx, pending.creator) is not None:
                await self._drop(tx, pending, pair, "erasing")
                return AccountLinkAnswer(tr(_ERASING))
            return await self._connect(tx, pending, pair, offer)

        answered = await self._means.database.write(work)
        await self._means.revoking.carry_out()
        if answered.link is not None:
            await self._means.connected(answered.link)
        return answered

    async def expire(self) -> None:
        """Let go of every account that nobody said Yes to in time."""

        async def work(tx: Transaction) -> None:
            for pending in await pending_links.expired_pending(tx, now=self._means.clock.now()):
                pair = await self._opened(tx, pending)
                if pair is not None:
                    await self._drop(tx, pending, pair, "expired")

        await self._means.database.write(work)

    async def _opened(self, tx: Transaction, pending: pending_links.PendingLink) -> UnsealedTokenPair | None:
        """The tokens of an open question; a row that does not open is over, and only that row."""
        if pending.state != "open" or pending.tokens is None:
            return None
        try:
            return token_pairs.open_pending(self._means.sealer, pending, pending.tokens)
        except ValueError:
            log.exception("integrity: a pending link does not open and is dropped")
            await pending_links.settle_pending(tx, pending.id, "expired")
            return None

    async def _connect(
        self,
        tx: Transaction,
        pending: pending_links.PendingLink,
        pair: UnsealedTokenPair,
        offer: pending_links.LinkOffer,
    ) -> AccountLinkAnswer:
        now = self._means.clock.now()
        before = await creators.open_link(tx, pending.creator)
        if before is not None:
            theirs = before.kind is not LinkKind.STEWARD and before.state is not LinkState.UNLINKING
            if await may_renew(tx, before, pending):
                return await self._renew(tx, before, pending, pair)
            if before.discord_user != pending.discord_user and theirs:
                await self._drop(tx, pending, pair, "taken")
                await self._tell_first_owner(tx, pending, before)
                return AccountLinkAnswer(tr(_TAKEN))
        elsewhere = await self._means.serving.admit(tx, pending.creator, pending.guild, now=now)
        if elsewhere is not None:
            await self._drop(tx, pending, pair, "elsewhere")
            return AccountLinkAnswer(elsewhere)
        if before is not None:
            # The same person signs in again. The old pair is only erased: revoking it could, by the
            # authority's own rules, end the sign-in that was just made.
            await tokens.erase(tx, before.id)
            await creators.close(tx, before.id, now=now)
        link = await self._activate(tx, pending, pair)
        if before is not None:
            await self._take_over(tx, before, link)
        bound = await self._bind(tx, link, offer)
        await self._give_receipt(tx, pending, link)
        again = before is not None and before.kind is not LinkKind.STEWARD
        return AccountLinkAnswer(_welcome(link, bound=bound, again=again), link, pending.replaces)

    async def _renew(
        self, tx: Transaction, before: Link, pending: pending_links.PendingLink, pair: UnsealedTokenPair
    ) -> AccountLinkAnswer:
        """The owner's link again, by somebody who may: nobody's consent or rights change by it."""
        means, by = self._means, pending.discord_user
        theirs = replace(pending, discord_user=before.discord_user, guild=before.guild)
        await tokens.erase(tx, before.id)
        await creators.close(tx, before.id, now=means.clock.now())
        link = await self._activate(tx, theirs, pair, by=by)
        await self._take_over(tx, before, link)
        await wake(tx, link, dispatch=means.dispatch, now=means.clock.now())
        async with to_member(tx, link.discord_user, link.creator):
            post = told(link, by)
        await tell_owner(tx, means.effects, creator=link.creator, cause=link.id, part="receipt", post=post)
        return AccountLinkAnswer(
            tr("**@{handle}** is signed in again, and we notified its owner.", handle=safe(link.handle)), link
        )

    async def _take_over(self, tx: Transaction, before: Link, link: Link) -> None:
        """Lead everything from the earlier link through the new one; a steward stands in no more."""
        await creators.lead_through(tx, before.id, link.id)
        await managed_creators.lead_through(tx, before.id, link.id)
        if before.kind is not LinkKind.STEWARD:
            return
        async with in_channels(tx, link.creator):
            post = Post(
                title=tr("The owner has connected this account"),
                body=(
                    tr("**@{handle}** is now connected by its own account.", handle=safe(link.handle)),
                    tr(
                        "Nobody stands in for the owner now. The owner decides with /team grant who may do "
                        "what."
                    ),
                ),
            )
        await alert(tx, self._means.effects, creator=link.creator, cause=link.id, part="owner", post=post)
        await self._means.journal.write(
            tx, "steward.ended", "done", target=before.id, actor=link.discord_user, creator=link.creator
        )

    async def _activate(
        self,
        tx: Transaction,
        pending: pending_links.PendingLink,
        pair: UnsealedTokenPair,
        *,
        by: DiscordId | None = None,
    ) -> Link:
        means, now = self._means, self._means.clock.now()
        await creators.learn(tx, Creator(pending.creator, pending.handle, pending.display_name), now=now)
        link = Link(
            id=LinkId(means.ids.new()),
            creator=pending.creator,
            discord_user=pending.discord_user,
            guild=pending.guild,
            generation=await creators.last_generation(tx, pending.creator) + 1,
            state=LinkState.ACTIVE,
            scopes=pending.scopes,
            handle=pending.handle,
            kind=pending.kind,
        )
        await creators.add_link(tx, link, now=now)
        await tokens.put(tx, token_pairs.seal_pair(means.sealer, link, 1, pair))
        await pending_links.settle_pending(tx, pending.id, "confirmed")
        await self._note(
            tx,
            pending,
            "link.connected",
            f"generation {link.generation}",
            by or pending.discord_user,
        )
        return link

    async def _bind(self, tx: Transaction, link: Link, offer: pending_links.LinkOffer) -> bool:
        """Let the creator's fans in where the yes said, and wake all that waited for this link."""
        means = self._means
        now = means.clock.now()
        for stewarded in await creators.stewarded(tx, link.id):
            await wake(tx, stewarded, dispatch=means.dispatch, now=now)
        if link.kind is LinkKind.MEMBER:
            return False  # nobody's fans come with it
        wish = LinkWish(link, offer.forum, await still_named(tx, link.creator, offer.forum, offer.team))
        return await housed(tx, wish, effects=means.effects, dispatch=means.dispatch, ids=means.ids, now=now)

    async def _drop(
        self, tx: Transaction, pending: pending_links.PendingLink, pair: UnsealedTokenPair, how: str
    ) -> None:
        await pending_links.settle_pending(tx, pending.id, "expired" if how == "expired" else "refused")
        await self._means.revoking.owe(tx, pair.refresh)
        await self._note(tx, pending, "link.dropped", how, pending.discord_user)

    async def _tell_first_owner(
        self, tx: Transaction, pending: pending_links.PendingLink, link: Link
    ) -> None:
        effects, creator, cause = self._means.effects, link.creator, pending.id
        async with in_channels(tx, creator):
            post = _tried_again(link)
            await alert(tx, effects, creator=creator, cause=cause, part="taken", post=post)
        async with to_member(tx, link.discord_user, creator):
            post = _tried_again(link)
            await tell_owner(tx, effects, creator=creator, cause=cause, part="taken.owner", post=post)

    async def _give_receipt(self, tx: Transaction, pending: pending_links.PendingLink, link: Link) -> None:
        ticket = await pending_links.ticket(tx, pending.ticket_hash)
        name = f"**@{safe(link.handle)}**"
        done = (
            tr(
                "You connected {name} to **{server}**.",
                name=name,
                server=safe(one_line(ticket.guild_name, _NAME)),
            )
            if ticket
            else tr("You connected {name}.", name=name)
        )
        shown = tr(MEMBERS) if link.kind is LinkKind.MEMBER else tr(_SHOWN)
        post = Post(
            title=tr("A Fanvue account was connected"),
            body=(
                f"{done} {shown}",
                tr("Was that not you? Disconnect it here, then change your passwords on Discord and Fanvue."),
            ),
            buttons=(Button("unlink.ask", link.id, tr("Disconnect …"), "danger"),),
        )
        await tell_owner(
            tx, self._means.effects, creator=link.creator, cause=link.id, part="receipt", post=post
        )

    async def _note(
        self, tx: Transaction, pending: pending_links.PendingLink, action: str, outcome: str, actor: DiscordId
    ) -> None:
        await self._means.journal.write(
            tx, action, outcome, target=pending.id, actor=actor, creator=pending.creator
        )


def _welcome(link: Link, *, bound: bool, again: bool) -> str:
    name = f"**@{safe(link.handle)}**"
    done = tr("{name} is connected again.", name=name) if again else tr("{name} is connected.", name=name)
    if link.kind is LinkKind.MEMBER:
        return tr(
            "{done} {members} See who it manages in /account show. Disconnect with /account "
            "unlink at any time.",
            done=done,
            members=tr(MEMBERS),
        )
    then = (
        tr("New messages from fans appear in the forum.")
        if bound
        else tr("One step is left: someone who manages this server uses /setup to create the forum.")
    )
    return tr("{done} {then} Disconnect with /account unlink at any time.", done=done, then=then)


def _tried_again(link: Link) -> Post:
    text = tr(
        "Another Discord user signed in to **@{handle}** on Fanvue and wanted to connect it. "
        "No changes made. If you don't trust them, change the password on Fanvue.",
        handle=safe(link.handle),
    )
    return Post(title=tr("Someone tried to connect this Fanvue account again"), body=(text,))
