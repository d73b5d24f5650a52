"""Discord's own permissions of a member and the bot, beside the team (pure).

What is not known counts as not allowed.
"""

import discord

from bot.model.language import msgid, tr

# What the bot itself needs on the server to make and keep a creator's channels, with Discord's words
# for it as a person finds them in the server settings.
_NAMES = {
    "view_channel": msgid("View Channels"),
    "manage_channels": msgid("Manage Channels"),
    "manage_roles": msgid("Manage Roles"),
    "manage_threads": msgid("Manage Threads and Posts"),
    "send_messages": msgid("Send Messages and Create Posts"),
    "send_messages_in_threads": msgid("Send Messages in Threads and Posts"),
    "create_public_threads": msgid("Create Public Threads"),
    "read_message_history": msgid("Read Message History"),
}
NAMES = tuple(_NAMES.values())
NEEDED = discord.Permissions(**dict.fromkeys(_NAMES, True))
# What of it the bot needs in a channel that is there already, to do its daily work.
NEEDED_IN_ALERTS = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True)
NEEDED_IN_FORUM = NEEDED_IN_ALERTS | discord.Permissions(send_messages_in_threads=True, manage_threads=True)


def why_not_answer(permissions: discord.Permissions) -> str | None:
    """Return why a member may not answer in this fan's thread; None when they may."""
    if permissions.administrator or (permissions.view_channel and permissions.send_messages_in_threads):
        return None
    return tr(
        "You may read here but not answer. Ask someone who manages this server for “Send "
        "Messages in Threads” in this forum."
    )


def why_not_read(permissions: discord.Permissions) -> str | None:
    """Return why a member may not see a fan's words here; None: they may."""
    if permissions.administrator or (permissions.view_channel and permissions.read_message_history):
        return None
    return tr("You may not read here what fans wrote. Ask someone who manages this server.")


def may_delete(permissions: discord.Permissions) -> bool:
    """Whether a member may delete what others wrote here."""
    return permissions.administrator or (permissions.view_channel and permissions.manage_messages)


def why_not_post(*, member: discord.Permissions, bot: discord.Permissions) -> str | None:
    """Return why a member may not have the bot post in a channel; None: they may, and it can.

    Nobody makes the bot speak where they may not speak themselves.
    """
    if not can_post(member):
        return tr("You can't write in that channel yourself. Choose another one.")
    if not can_post(bot):
        return tr(
            "The bot may not write there: allow it to view the channel and to send messages, then try again."
        )
    return None


def can_post(permissions: discord.Permissions) -> bool:
    """Whether somebody may write in a channel."""
    return permissions.administrator or (permissions.view_channel and permissions.send_messages)


def missing(permissions: discord.Permissions, needed: discord.Permissions = NEEDED) -> list[str]:
    """List what the bot lacks, by default for /setup, in Discord's settings' words."""
    if permissions.administrator:
        return []
    lacking = discord.Permissions(needed.value & ~permissions.value)
    return [words for name, words in _NAMES.items() if getattr(lacking, name)]
