"""Active threads: how many there may be, and which fall asleep."""

from bot.sandbox.discord.channels import DURATIONS, GUILDS
from bot.sandbox.discord.errors import DiscordApiError
from bot.sandbox.discord.model import StandInChannel, ThreadState
from bot.sandbox.discord.wire import thread_json
from bot.sandbox.discord.world import DiscordWorld, GatewayEvent


def make_sure_of_room(world: DiscordWorld, guild_id: int) -> None:
    """Discord's error when a server has as many active threads as it may have."""
    if len(_active(world, guild_id)) >= world.guilds[guild_id].max_active_threads:
        raise DiscordApiError(160006)


def _active(world: DiscordWorld, guild_id: int) -> set[int]:
    """The active threads of a server, out of those that ever were since it was last asked."""
    found = set()
    for thread in world.awake.get(guild_id, ()):
        channel = world.channels.get(thread)
        if channel is not None and channel.thread is not None and not channel.thread.archived:
            found.add(thread)
    world.awake[guild_id] = found
    return found


def count(world: DiscordWorld, thread: StandInChannel) -> None:
    """It is active from now on."""
    world.awake.setdefault(thread.guild_id or 0, set()).add(thread.id)


def flip(world: DiscordWorld, channel: StandInChannel, thread: ThreadState, *, archived: bool) -> None:
    """Archive a thread, or wake it."""
    thread.archived = archived
    if not archived:
        count(world, channel)
    thread.archive_timestamp = thread.active_at = world.clock()


def archive_idle(world: DiscordWorld) -> None:
    """Archive every thread that was quiet for its time; called before anyone looks."""
    now = world.clock()
    if world.idle_from is not None and now < world.idle_from:
        return
    # Whatever becomes active from here on has the shortest of times at least.
    soonest = now + world.window(60 * min(DURATIONS))
    for channel in list(world.channels.values()):
        thread = channel.thread
        if thread is None or thread.archived:
            continue
        ends = thread.active_at + world.window(60 * thread.auto_archive_minutes)
        if now >= ends:
            thread.archived, thread.archive_timestamp = True, now
            world.ledger.add("thread_archived", thread_id=channel.id)
            tell(world, channel)
        else:
            soonest = min(soonest, ends)
    world.idle_from = soonest


def tell(world: DiscordWorld, channel: StandInChannel) -> None:
    """Tell the gateways about a thread."""
    assert channel.thread is not None
    data = thread_json(channel, channel.thread)
    world.emit(GatewayEvent("THREAD_UPDATE", data, GUILDS, channel.guild_id, channel))
