"""The JSON of a message, and what is left of it for a bot without Message Content."""

from typing import Any

from bot.sandbox.discord.model import DM, HAS_THREAD, StandInApplication, StandInAttachment, StandInMessage
from bot.sandbox.discord.snowflakes import iso
from bot.sandbox.discord.wire import thread_json, user_json
from bot.sandbox.discord.world import DiscordWorld


def attachment_json(
    world: DiscordWorld, channel_id: int, file: StandInAttachment, *, ephemeral: bool
) -> dict[str, Any]:
    url = world.attachment_url(channel_id, file)
    answer: dict[str, Any] = {"id": str(file.id), "filename": file.filename, "size": len(file.content)}
    answer |= {"url": url, "proxy_url": url, "content_type": file.content_type}
    answer |= {"description": file.description} if file.description else {}
    return answer | ({"ephemeral": True} if ephemeral else {})


def emoji_json(emoji: str) -> dict[str, Any]:
    """An emoji of Unicode; this Discord has no others."""
    return {"id": None, "name": emoji}


def reactions_json(message: StandInMessage, viewer_id: int | None = None) -> list[dict[str, Any]]:
    """The count of each emoji, and whether the viewer is among those who gave it."""
    return [
        {
            "emoji": emoji_json(emoji),
            "count": len(people),
            "count_details": {"burst": 0, "normal": len(people)},
            "burst_colors": [],
            "me_burst": False,
            "me": viewer_id in people,
        }
        for emoji, people in message.reactions.items()
    ]


def message_json(world: DiscordWorld, message: StandInMessage, *, deep: bool = True) -> dict[str, Any]:
    """A message as its author sees it; a reply carries the message that it answers."""
    files = [
        attachment_json(world, message.channel_id, f, ephemeral=message.ephemeral)
        for f in message.attachments
    ]
    mentioned = [user_json(world.users[user]) for user in message.pings.users]
    answer: dict[str, Any] = {
        "id": str(message.id),
        "type": message.type,
        "channel_id": str(message.channel_id),
    }
    answer |= {"author": user_json(message.author), "content": message.content, "embeds": message.embeds}
    answer |= {"components": message.components, "attachments": files, "mentions": mentioned}
    answer |= {"mention_roles": [str(role) for role in message.pings.roles], "flags": message.flags}
    answer |= {
        "mention_everyone": message.pings.everyone,
        "pinned": message.pinned_at is not None,
        "tts": message.tts,
    }
    answer |= {"timestamp": iso(message.created_at), "edited_timestamp": iso(message.edited_at)}
    if message.reactions:
        answer["reactions"] = reactions_json(message)
    thread = world.channels.get(message.id) if message.flags & HAS_THREAD else None
    if thread is not None and thread.thread is not None:
        answer["thread"] = thread_json(thread, thread.thread)
    if message.nonce is not None:
        answer["nonce"] = message.nonce
    if message.application_id is not None:
        answer["application_id"] = str(message.application_id)
    if message.interaction is not None:
        answer |= {"webhook_id": answer["application_id"], "interaction_metadata": message.interaction}
    if message.reference is not None:
        answer["message_reference"] = message.reference
        replied = world.messages[message.channel_id].get(int(message.reference["message_id"]))
        if deep:
            answer["referenced_message"] = (
                None if replied is None else message_json(world, replied, deep=False)
            )
    return answer


def as_seen_by(
    world: DiscordWorld,
    application: StandInApplication,
    message: StandInMessage,
    data: dict[str, Any],
    *,
    asked: bool = True,
) -> dict[str, Any]:
    """The message without its content, if this bot may not read what others write.

    Without the Message Content intent a bot reads its own messages, direct ones, and those that mention it.
    `asked`: whether it asked for the intent, where it has to: on the gateway.
    """
    if message.reactions:
        data = {**data, "reactions": reactions_json(message, application.user.id)}
    own = application.id in {message.author.id, message.application_id}
    named = application.user.id in message.pings.users
    direct = world.channels[message.channel_id].type == DM
    if own or named or direct or (asked and "message_content" in application.intents_enabled):
        return data
    return {**data, "content": "", "embeds": [], "attachments": [], "components": []}
