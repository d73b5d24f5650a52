"""Somebody speaks for a creator from now on: their consent, a forum, what waited."""

from bot.access.admitting import owner_says_yes, server_says_yes
from bot.relay.dispatch import Dispatch
from bot.relay.ports import Ids
from bot.relay.presence import away, go_on
from storage import forums, inbox, unsent, watermarks
from storage.database import Transaction
from storage.records import DiscordId, Link, Millis

_ORPHANS_WAIT: Millis = 7 * 86_400_000


async def housed(
    tx: Transaction, link: Link, *, team: DiscordId | None, dispatch: Dispatch, ids: Ids, now: Millis
) -> bool:
    """Take what `link` says as its person's consent, and go on; whether the creator has a forum then.

    A creator without a forum gets one that was prepared on the link's server. `team`: the Discord role
    that this person was told would be let in.
    """
    # The first link begins now (B7); another one goes on where the last one was, within reason (A7).
    await watermarks.begin(tx, link.creator, now=now)
    await watermarks.raise_floor(tx, link.creator, floor=now - _ORPHANS_WAIT)
    await owner_says_yes(tx, link, team=team, grant_id=ids.new(), now=now)
    forum = await forums.of_creator(tx, link.creator) is not None
    bound = forum and not await away(tx, link.creator)
    waiting = None if bound else await forums.waiting(tx, link.guild)
    if waiting is not None and await forums.bind(tx, waiting.id, link.creator):
        bound = True
        owner = link.discord_user
        await server_says_yes(tx, waiting, link.creator, owner=owner, grant_id=ids.new(), now=now)
    await inbox.adopt_orphans(tx, link.creator)
    await wake(tx, link, dispatch=dispatch, now=now)
    return bound


async def wake(tx: Transaction, link: Link, *, dispatch: Dispatch, now: Millis) -> None:
    """Have whatever waited for a sign-in of this link's creator done at once."""
    waiting_streams = await unsent.release(tx, link.creator)
    await go_on(tx, dispatch, link.creator, now=now)
    for stream in waiting_streams:
        dispatch.wake(tx, stream)
