"""Member permissions: roles, overwrites, owner, administrator."""

from bot.sandbox.discord.model import CATEGORY, PRIVATE_THREAD, StandInChannel, StandInGuild, StandInMember

ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
SEND_TTS = 1 << 12
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
MANAGE_NICKNAMES = 1 << 27
MANAGE_ROLES = 1 << 28
USE_COMMANDS = 1 << 31
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
CREATE_PRIVATE_THREADS = 1 << 36
SEND_IN_THREADS = 1 << 38
PIN_MESSAGES = 1 << 51
BYPASS_SLOWMODE = 1 << 52
ALL = (1 << 53) - 1

# What a new server gives @everyone, as far as it matters to messages and commands.
EVERYONE = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_HISTORY | USE_COMMANDS
EVERYONE |= (
    SEND_IN_THREADS | MENTION_EVERYONE | CREATE_PUBLIC_THREADS | CREATE_PRIVATE_THREADS | ADD_REACTIONS
)

# Without the right to write, these are gone too.
_NEEDS_SENDING = MENTION_EVERYONE | SEND_TTS | ATTACH_FILES | EMBED_LINKS


def in_guild(guild: StandInGuild, member: StandInMember) -> int:
    """The permissions that the roles give, before any channel."""
    if member.user.id == guild.owner_id:
        return ALL
    bits = guild.roles[guild.id].permissions
    for role_id in member.roles:
        bits |= guild.roles[role_id].permissions if role_id in guild.roles else 0
    return ALL if bits & ADMINISTRATOR else bits


def in_channel(guild: StandInGuild, member: StandInMember, channel: StandInChannel) -> int:
    """The permissions in a channel that has overwrites of its own (for a thread, give its parent)."""
    bits = in_guild(guild, member)
    if bits & ADMINISTRATOR:
        return ALL
    everyone = channel.overwrites.get(guild.id)
    if everyone:
        bits = bits & ~everyone.deny | everyone.allow
    allow = deny = 0
    for role_id in member.roles:
        overwrite = channel.overwrites.get(role_id)
        if overwrite and overwrite.type == 0:
            allow, deny = allow | overwrite.allow, deny | overwrite.deny
    bits = bits & ~deny | allow
    own = channel.overwrites.get(member.user.id)
    if own and own.type == 1:
        bits = bits & ~own.deny | own.allow
    return _without_the_implied(bits, channel)


def in_thread(bits: int, thread: StandInChannel, user_id: int) -> int:
    """The parent's permissions that somebody has in a thread: none in a private one they are not in."""
    members = {} if thread.thread is None else thread.thread.members
    hidden = thread.type == PRIVATE_THREAD and user_id not in members and not bits & MANAGE_THREADS
    return 0 if hidden else bits


def _without_the_implied(bits: int, channel: StandInChannel) -> int:
    if not bits & VIEW_CHANNEL:
        return 0
    # A forum's threads are written to with "send in threads"; there SEND_MESSAGES only means "new posts".
    if not bits & SEND_MESSAGES and not (bits & SEND_IN_THREADS) and channel.type != CATEGORY:
        bits &= ~_NEEDS_SENDING
    return bits
