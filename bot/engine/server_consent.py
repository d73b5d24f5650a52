"""Whether what is posted is shown where a creator is, to whom they let in.

While the owner or the server has taken their word back, nothing is posted there: facts wait undecided,
effects wait in their streams. So they do while a forum that a link has bound still shows itself to others
than its owner let in (`bot.relay.channel_access`). Nothing is lost, and what goes on later goes on in its
order, once.
"""

from bot.engine.dispatch import Dispatch
from bot.engine.streams import creator_in, facts_stream
from storage.database import Transaction
from storage.engine import queues
from storage.inbox import forums, threads
from storage.operations import attention
from storage.people import consents
from storage.records import CreatorId, Effect, FanId, Millis


async def away(tx: Transaction, creator: CreatorId, fan: FanId | None = None) -> bool:
    """Whether they left the server of their forum, or the one of this fan's thread."""
    left = await consents.left(tx, creator)
    if not left:
        return False
    forum = await forums.of_creator(tx, creator)
    thread = await threads.current(tx, creator, fan) if fan is not None else None
    open_in = thread.guild if thread is not None and thread.state == "open" else None
    return (forum is not None and forum.guild in left) or open_in in left


async def held(tx: Transaction, effect: Effect) -> bool:
    """Whether this would show something on a server that the creator has left, or to who was not let in."""
    if effect.network != "discord":
        return False
    return await forums.held(tx, effect.creator) or await away(tx, effect.creator, effect.fan)


async def go_on(tx: Transaction, dispatch: Dispatch, creator: CreatorId, *, now: Millis) -> None:
    """Wake all that waits for this creator's place on a server, at once and not at its time.

    Where that place is on another server than before, the threads on the one they left are given up.
    """
    forum = await forums.of_creator(tx, creator)
    for guild in sorted(await consents.left(tx, creator)):
        if forum is not None and forum.guild != guild:
            await threads.move(tx, creator, guild, forum)
    await attention.retry(tx, creator, "discord", now=now)
    dispatch.wake(tx, facts_stream(creator))
    for stream in await queues.open_streams(tx):
        if creator_in(stream) == creator:
            dispatch.wake(tx, stream)
