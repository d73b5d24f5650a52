"""Which links there are, and how one ends: fenced, revoked, erased (R13)."""

import logging
from dataclasses import dataclass

from bot.accounts import pairs
from bot.accounts.notices import LINK_AGAIN
from bot.accounts.ports import Means
from bot.relay.errors import TryLater
from bot.relay.sending import show_state
from storage import creators, outbox, tokens
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, EffectState, FanId, Link, LinkState

log = logging.getLogger(__name__)

_CANCELLED = "Not sent: the creator disconnected their Fanvue account."


@dataclass(frozen=True)
class Unlinked:
    """What ending a link left undone: one entry for each message that was waiting and is not sent."""

    handle: str
    not_sent: tuple[FanId, ...]


class Unlinking:
    """Ends links, and says whose link is used for a creator."""

    def __init__(self, means: Means) -> None:
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

    async def unlink(self, creator: CreatorId, actor: DiscordId) -> Unlinked | None:
        """End the actor's own link; None when they have none to this creator.

        From the commit on nothing is sent and no token is used. Revoking goes on for up to a day.
        """
        before = await self._means.database.read(lambda tx: creators.open_link(tx, creator))
        if before is not None and before.discord_user == actor and before.state is LinkState.ACTIVE:
            await self._means.leaving(before)  # afterwards there is no token to do it with

        async def work(tx: Transaction) -> Unlinked | None:
            link = await creators.open_link(tx, creator)
            if link is None or link.discord_user != actor or link.state is LinkState.UNLINKING:
                return None
            await creators.move(tx, link.id, was=link.state, to=LinkState.UNLINKING)
            await creators.fence(tx, link.id, generation=link.generation + 1)
            not_sent = await self._cancel(tx, creator)
            await self._let_go(tx, link)
            await self._means.journal.write(
                tx, "link.ended", f"{len(not_sent)} not sent", target=link.id, actor=actor, creator=creator
            )
            return Unlinked(link.handle, not_sent)

        unlinked = await self._means.database.write(work)
        if unlinked is not None:
            await self._means.revoking.carry_out()
        return unlinked

    async def _cancel(self, tx: Transaction, creator: CreatorId) -> tuple[FanId, ...]:
        waiting = await creators.unsent(tx, creator)
        now = self._means.clock.now()
        for effect, _fan in waiting:
            await outbox.settle(tx, effect, EffectState.CANCELLED, now=now, reason=_CANCELLED)
            send = await outbox.get(tx, effect)
            if send is not None:
                await show_state(tx, self._means.effects, send, "unlinked")
        return tuple(fan for _effect, fan in waiting)

    async def _let_go(self, tx: Transaction, link: Link) -> None:
        pair = await tokens.get(tx, link.id)
        await tokens.erase(tx, link.id)
        try:
            refresh = pairs.refresh_of(self._means.sealer, link, pair) if pair else None
        except ValueError:
            log.exception("integrity: the tokens of link %s do not open; they are erased unrevoked", link.id)
            refresh = None
        if refresh is None:
            await creators.close(tx, link.id, now=self._means.clock.now())
        else:
            await self._means.revoking.owe(tx, refresh, link=link.id)
