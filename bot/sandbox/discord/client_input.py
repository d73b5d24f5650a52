"""A Discord client's reading of input: command options, buttons, selects."""

from typing import Any

from bot.sandbox.discord.commands import GROUP, INTEGER, NUMBER, STRING, SUBCOMMAND
from bot.sandbox.discord.message_wire import attachment_json
from bot.sandbox.discord.model import StandInAttachment, StandInChannel, walk
from bot.sandbox.discord.wire import channel_json, member_json, role_json, thread_json, user_json
from bot.sandbox.discord.world import DiscordWorld

BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, FILE = 5, 6, 7, 8, 9, 11


class NotPossible(Exception):
    """Discord's own client would not let a person do this."""


def option_data(
    world: DiscordWorld,
    channel: StandInChannel,
    command: dict[str, Any],
    words: list[str],
    values: dict[str, Any],
    focused: str | None,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The `options` and `resolved` of a command; `words` are the names of its subcommands."""
    known = command.get("options") or []
    if words:
        found = next((o for o in known if o["name"] == words[0] and o["type"] in {SUBCOMMAND, GROUP}), None)
        if found is None:
            raise NotPossible(f"there is no subcommand {words[0]}")
        inner, resolved = option_data(world, channel, found, words[1:], values, focused)
        return [{"name": found["name"], "type": found["type"], "options": inner}], resolved
    resolved = {}
    options = []
    by_name = {option["name"]: option for option in known}
    if any(option["type"] in {SUBCOMMAND, GROUP} for option in known):
        raise NotPossible("a subcommand is needed")
    if values.keys() - by_name.keys():
        raise NotPossible(f"there are no options {sorted(values.keys() - by_name.keys())}")
    for name, value in values.items():
        data = {"name": name, "type": by_name[name]["type"]}
        if name == focused:
            options.append({**data, "value": str(value), "focused": True})
            continue
        options.append({**data, "value": _value(world, channel, by_name[name], value, resolved)})
    missing = [o["name"] for o in known if o.get("required") and o["name"] not in values]
    if missing and focused is None:
        raise NotPossible(f"required options are missing: {missing}")
    return options, resolved


def _value(
    world: DiscordWorld, channel: StandInChannel, option: dict[str, Any], value: Any, resolved: dict[str, Any]
) -> Any:
    kind, name = option["type"], option["name"]
    if kind in {STRING, INTEGER, NUMBER, BOOLEAN}:
        return _plain(option, value)
    if kind == FILE:
        filename, content = value
        file = StandInAttachment(world.snowflakes.new(), filename, content, "application/octet-stream")
        world.attachments[file.id] = file
        shown = attachment_json(world, channel.id, file, ephemeral=True)
        resolved.setdefault("attachments", {})[str(file.id)] = shown
        return str(file.id)
    target = int(getattr(value, "id", value))
    if not resolve(world, channel, kind, target, resolved):
        raise NotPossible(f"{name}: nothing here has the id {target}")
    return str(target)


def _plain(option: dict[str, Any], value: Any) -> Any:
    kind, name = option["type"], option["name"]
    expected: dict[int, type | tuple[type, ...]] = {
        STRING: str,
        INTEGER: int,
        BOOLEAN: bool,
        NUMBER: (int, float),
    }
    if not isinstance(value, expected[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise NotPossible(f"{name} cannot be {value!r}")
    if kind == BOOLEAN:
        return value
    if option.get("choices") and value not in [choice["value"] for choice in option["choices"]]:
        raise NotPossible(f"{name} is not one of the choices")
    size = len(str(value)) if kind == STRING else value
    low = option.get("min_length" if kind == STRING else "min_value")
    high = option.get("max_length" if kind == STRING else "max_value", 6000 if kind == STRING else None)
    if (low is not None and size < low) or (high is not None and size > high):
        raise NotPossible(f"{name} must be between {low} and {high}")
    return value


def resolve(
    world: DiscordWorld, channel: StandInChannel, kind: int, target: int, resolved: dict[str, Any]
) -> bool:
    """Describe a person, role or channel in `resolved`; False where this server has none of this id."""
    guild = None if channel.guild_id is None else world.guilds[channel.guild_id]
    if kind in {USER, MENTIONABLE} and target in world.users:
        resolved.setdefault("users", {})[str(target)] = user_json(world.users[target])
        if guild is not None and target in guild.members:
            about = {k: v for k, v in member_json(guild.members[target]).items() if k != "user"}
            rights = str(world.permissions(target, channel))
            resolved.setdefault("members", {})[str(target)] = {**about, "permissions": rights}
        return True
    if kind in {ROLE, MENTIONABLE} and guild is not None and target in guild.roles:
        resolved.setdefault("roles", {})[str(target)] = role_json(guild.roles[target])
        return True
    if kind == CHANNEL and guild is not None and target in world.channels:
        found = world.channels[target]
        shown = thread_json(found, found.thread) if found.thread else channel_json(found)
        resolved.setdefault("channels", {})[str(target)] = {**shown, "permissions": "0"}
        return True
    return False


def component_named(components: list[dict[str, Any]], which: str) -> dict[str, Any]:
    """The button or select with this custom id, label or placeholder."""
    for component in walk(components):
        if which in {component.get("custom_id"), component.get("label"), component.get("placeholder")}:
            if component.get("disabled"):
                raise NotPossible(f"{which} is disabled")
            if component.get("custom_id") is None:
                raise NotPossible(f"{which} cannot be clicked")
            return component
    shown = [c.get("label") or c.get("custom_id") for c in walk(components) if c.get("custom_id")]
    raise NotPossible(f"there is no {which!r} among {shown}")


def chosen(component: dict[str, Any], values: list[str]) -> list[str]:
    """The values of a select, if its client would accept them."""
    low, high = component.get("min_values", 1), component.get("max_values", 1)
    if not low <= len(values) <= high:
        raise NotPossible(f"between {low} and {high} values are needed")
    offered = [option["value"] for option in component.get("options") or []]
    labels = {option["label"]: option["value"] for option in component.get("options") or []}
    picked = [labels.get(value, value) for value in values]
    if component["type"] == STRING and set(picked) - set(offered):
        raise NotPossible(f"not offered: {sorted(set(picked) - set(offered))}")
    return picked
