"""Somebody's new link for a creator: consent, a forum, and the work that waited."""

from dataclasses import dataclass

from bot.access.admission import owner_says_yes, server_says_yes
from bot.engine.dispatch import Dispatch
from bot.engine.outbox import Effects
from bot.engine.server_consent import away, go_on
from bot.model.ports import Ids
from bot.relay.channel_access import follow
from storage.database import Transaction
from storage.engine import inbox
from storage.inbox import forums, watermarks
from storage.people import unsent_messages
from storage.records import DiscordId, Link, Millis

_ORPHANS_WAIT: Millis = 7 * 86_400_000


@dataclass(frozen=True)
class LinkWish:
    """A person's consent: the link, the forum, and the role that it lets in.

    `forum`: None where the question named none, or one that the creator has already.
    """

    link: Link
    forum: DiscordId | None
    team: DiscordId | None


async def housed(
    tx: Transaction, wish: LinkWish, *, effects: Effects, dispatch: Dispatch, ids: Ids, now: Millis
) -> bool:
    """Take the yes as its person's consent, and go on; whether the creator has a forum then.

    A forum becomes theirs only if the yes named it and it still waits. Nothing is shown in it before it is
    closed to everybody whom they did not let in.
    """
    link = wish.link
    # The first link begins now (B7); another one goes on where the last one was, within reason (A7).
    await watermarks.begin(tx, link.creator, now=now)
    await watermarks.raise_floor(tx, link.creator, floor=now - _ORPHANS_WAIT)
    changed = await owner_says_yes(tx, link, team=wish.team, grant_id=ids.new(), now=now)
    bound = await forums.of_creator(tx, link.creator) is not None and not await away(tx, link.creator)
    taken = not bound and await _bind(tx, wish, now)
    for guild in await forums.guilds_of(tx, link.creator) if taken or changed else ():
        only = taken and guild == link.guild
        await follow(tx, effects, link.creator, guild, cause=link.id, only=only)
    await inbox.adopt_orphans(tx, link.creator)
    await wake(tx, link, dispatch=dispatch, now=now)
    return bound or taken


async def _bind(tx: Transaction, wish: LinkWish, now: Millis) -> bool:
    forum = await forums.get(tx, wish.forum) if wish.forum is not None else None
    if forum is None or forum.guild != wish.link.guild:
        return False
    if not await forums.bind(tx, forum.id, wish.link.creator):
        return False  # somebody was faster
    await forums.hold(tx, forum.id)
    await server_says_yes(tx, forum, wish.link.creator, now=now)
    return True


async def wake(tx: Transaction, link: Link, *, dispatch: Dispatch, now: Millis) -> None:
    """Run at once all that waited for a sign-in of this link's creator."""
    waiting_streams = await unsent_messages.release(tx, link.creator)
    await go_on(tx, dispatch, link.creator, now=now)
    for stream in waiting_streams:
        dispatch.wake(tx, stream)
