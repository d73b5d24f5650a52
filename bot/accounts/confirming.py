"""The owner's Yes or No in Discord: only a Yes makes a link (R12, step 9)."""

import logging

from bot.accounts import pairs
from bot.accounts.notices import alert
from bot.accounts.pairs import Pair
from bot.accounts.ports import Means
from bot.relay.effects import alert_stream, facts_stream
from bot.relay.ports import Post
from bot.relay.render import safe
from storage import creators, forums, inbox, logins, tokens, watermarks
from storage.database import Transaction
from storage.records import Creator, DiscordId, Link, LinkId, LinkState, Millis

log = logging.getLogger(__name__)

_ORPHANS_WAIT: Millis = 7 * 86_400_000
NOT_THERE = "This question is not open any more. To connect an account, use /link."
_TAKEN = (
    "This Fanvue account is already connected by another Discord user, so nothing was changed. "
    "They can use /unlink first; their team was told that you asked."
)


class Confirming:
    """Settles a pending link, once."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def answer(self, pending_id: str, actor: DiscordId, *, yes: bool) -> str:
        """Settle the question; the sentence for who pressed. Only the ticket's owner can settle it."""

        async def work(tx: Transaction) -> str:
            pending = await logins.pending(tx, pending_id)
            if pending is None or pending.discord_user != actor:
                if pending is not None:
                    await self._note(tx, pending, "link.answer", "denied", actor)
                return NOT_THERE  # the same words for a stranger and for nothing
            pair = await self._opened(tx, pending)
            if pair is None:
                return NOT_THERE
            if self._means.clock.now() >= pending.expires_at:
                await self._drop(tx, pending, pair, "expired")
                return "That took longer than 10 minutes, so nothing was connected. Please use /link again."
            if not yes:
                await self._drop(tx, pending, pair, "refused")
                return "All right, nothing was connected, and Fanvue was told to forget the permission."
            return await self._connect(tx, pending, pair)

        sentence = await self._means.database.write(work)
        await self._means.revoking.carry_out()
        return sentence

    async def expire(self) -> None:
        """Let go of every account that nobody said Yes to in time."""

        async def work(tx: Transaction) -> None:
            for pending in await logins.expired_pending(tx, now=self._means.clock.now()):
                pair = await self._opened(tx, pending)
                if pair is not None:
                    await self._drop(tx, pending, pair, "expired")

        await self._means.database.write(work)

    async def _opened(self, tx: Transaction, pending: logins.Pending) -> Pair | None:
        """The tokens of an open question; a row that does not open is over, and only that row."""
        if pending.state != "open" or pending.tokens is None:
            return None
        try:
            return pairs.open_pending(self._means.sealer, pending.id, pending.creator, pending.tokens)
        except ValueError:
            log.exception("integrity: a pending link does not open and is dropped")
            await logins.settle_pending(tx, pending.id, "expired")
            return None

    async def _connect(self, tx: Transaction, pending: logins.Pending, pair: Pair) -> str:
        now = self._means.clock.now()
        before = await creators.open_link(tx, pending.creator)
        if before is not None:
            if before.discord_user != pending.discord_user and before.state is not LinkState.UNLINKING:
                await self._drop(tx, pending, pair, "taken")
                await self._tell_first_owner(tx, pending, before)
                return _TAKEN
            # The same person signs in again. The old pair is only erased: revoking it could, by the
            # authority's own rules, end the sign-in that was just made.
            await tokens.erase(tx, before.id)
            await creators.close(tx, before.id, now=now)
        link = await self._activate(tx, pending, pair)
        bound = await self._bind(tx, link)
        return _welcome(link, bound=bound, again=before is not None)

    async def _activate(self, tx: Transaction, pending: logins.Pending, pair: Pair) -> Link:
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
        )
        await creators.add_link(tx, link, now=now)
        await tokens.put(tx, pairs.seal_pair(means.sealer, link, 1, pair))
        # The first link begins now (B7); another one goes on where the last one was, within reason (A7).
        await watermarks.begin(tx, link.creator, now=now)
        await watermarks.raise_floor(tx, link.creator, floor=now - _ORPHANS_WAIT)
        await logins.settle_pending(tx, pending.id, "confirmed")
        await self._note(tx, pending, "link.connected", f"generation {link.generation}", pending.discord_user)
        return link

    async def _bind(self, tx: Transaction, link: Link) -> bool:
        """Give the creator a prepared forum of this server, and wake all that waited for this link."""
        means = self._means
        bound = await forums.of_creator(tx, link.creator) is not None
        if not bound:
            waiting = await forums.waiting(tx, link.guild)
            bound = waiting is not None and await forums.bind(tx, waiting.id, link.creator)
        await inbox.adopt_orphans(tx, link.creator)
        waiting_streams = await creators.release(tx, link.creator)
        for stream in (facts_stream(link.creator), alert_stream(link.creator), *waiting_streams):
            means.dispatch.wake(tx, stream)
        return bound

    async def _drop(self, tx: Transaction, pending: logins.Pending, pair: Pair, how: str) -> None:
        await logins.settle_pending(tx, pending.id, "expired" if how == "expired" else "refused")
        await self._means.revoking.owe(tx, pair.refresh)
        await self._note(tx, pending, "link.dropped", how, pending.discord_user)

    async def _tell_first_owner(self, tx: Transaction, pending: logins.Pending, link: Link) -> None:
        text = (
            f"Another Discord user signed in to **@{safe(link.handle)}** on Fanvue and wanted to connect "
            "it. Nothing was changed. If that was nobody you trust, change the password on Fanvue."
        )
        post = Post(title="Someone tried to connect this Fanvue account again", body=(text,))
        await alert(tx, self._means.effects, creator=link.creator, cause=pending.id, part="taken", post=post)

    async def _note(
        self, tx: Transaction, pending: logins.Pending, action: str, outcome: str, actor: DiscordId
    ) -> None:
        await self._means.journal.write(
            tx, action, outcome, target=pending.id, actor=actor, creator=pending.creator
        )


def _welcome(link: Link, *, bound: bool, again: bool) -> str:
    name = f"**@{safe(link.handle)}**"
    done = f"{name} is connected again." if again else f"{name} is connected."
    then = (
        "New messages from fans appear in the forum."
        if bound
        else "One step is left: someone who manages this server uses /setup to make the forum."
    )
    return f"{done} {then} To disconnect, use /unlink at any time."
