"""One member's Discord client: channels, threads, messages, commands."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.discord.commands import GROUP, SUBCOMMAND
from bot.sandbox.discord.interactions import COMMAND
from bot.sandbox.discord.message_wire import message_json
from bot.sandbox.discord.model import CATEGORY, StandInChannel, StandInMessage, StandInUser
from bot.sandbox.discord.people import DiscordPerson
from bot.sandbox.discord.snowflakes import iso
from bot.sandbox.stage import DemoStage

Json = dict[str, Any]
SHOWN = 80  # messages of a channel


def server(stage: DemoStage, person: DiscordPerson) -> Json:
    """The server as this person sees it, without the parts they may not see."""
    channels = person.channels(stage.guild)
    return {
        "name": stage.guild.name,
        "you": str(person.user.id),
        "people": [_someone(stage, member.user) for member in stage.guild.members.values()],
        "roles": {str(role.id): role.name for role in stage.guild.roles.values()},
        "channels": [_channel(channel) for channel in channels],
        "threads": [
            _thread(stage, person, thread) for channel in channels for thread in person.threads(channel)
        ],
    }


def opened(stage: DemoStage, person: DiscordPerson, channel_id: int) -> Json | None:
    """One channel with its messages and commands; None for one that this person cannot open."""
    channel = stage.discord.world.channels.get(channel_id)
    if channel is None or channel.type == CATEGORY or not person.sees(channel):
        return None
    return {
        "id": str(channel.id),
        "writes": person.writes(channel),
        "messages": [_message(stage, message) for message in person.read(channel)[-SHOWN:]],
        "commands": [leaf for command in person.commands(channel) for leaf in _leaves(command)],
    }


def _someone(stage: DemoStage, user: StandInUser) -> Json:
    roles = stage.guild.members[user.id].roles
    names = [stage.guild.roles[role].name for role in roles if role in stage.guild.roles]
    what = "Owner" if user.id == stage.guild.owner_id else ", ".join(names) or "not in the team"
    return {"id": str(user.id), "name": user.global_name or user.name, "bot": user.bot, "role": what}


def _channel(channel: StandInChannel) -> Json:
    return {
        "id": str(channel.id),
        "type": channel.type,
        "name": channel.name,
        "parent": str(channel.parent_id) if channel.parent_id else None,
        "position": channel.position,
        "topic": channel.topic,
        "adult": channel.nsfw,
        "last": str(channel.last_message_id or 0),
    }


def _thread(stage: DemoStage, person: DiscordPerson, thread: StandInChannel) -> Json:
    assert thread.thread is not None
    parent = stage.discord.world.channels[thread.parent_id or 0]
    messages = person.read(thread)
    newest = messages[-1] if messages else None
    names = {tag.id: tag.name for tag in parent.tags}
    return {
        "id": str(thread.id),
        "parent": str(parent.id),
        "name": thread.name,
        "archived": thread.thread.archived,
        "locked": thread.thread.locked,
        "tags": [names[tag] for tag in thread.thread.applied_tags if tag in names],
        "count": len(messages),
        "last": str(newest.id if newest else thread.id),
        "preview": newest.text[:160] if newest else "",
    }


def _message(stage: DemoStage, message: StandInMessage) -> Json:
    data = message_json(stage.discord.world, message)
    kept = ("id", "type", "content", "embeds", "components", "attachments", "referenced_message")
    return {
        **{name: data[name] for name in kept if name in data},
        "author": message.author.global_name or message.author.name,
        "author_id": str(message.author.id),
        "bot": message.author.bot,
        "at": iso(message.created_at),
        "edited": message.edited_at is not None,
        "ephemeral": message.ephemeral,
        "loading": message.loading,
        "used": _used(stage, message),
    }


def _used(stage: DemoStage, message: StandInMessage) -> str | None:
    """The user and command that this message answers, if any."""
    made = stage.discord.interactions.get(int((message.interaction or {}).get("id", 0)))
    if made is None or made.type != COMMAND:
        return None
    return f"{made.user.global_name or made.user.name} used /{made.name}"


def _leaves(command: Json, before: str = "") -> Iterator[Json]:
    """A command, or each of its subcommands, under the words that are typed for it."""
    name = f"{before}{command['name']}"
    options = command.get("options") or []
    inner = [option for option in options if option["type"] in {SUBCOMMAND, GROUP}]
    if inner:
        for option in inner:
            yield from _leaves(option, f"{name} ")
        return
    yield {"name": name, "description": command["description"], "options": options}
