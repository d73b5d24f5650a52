"""The wanted form of a creator's channels, and its lacks in one (pure)."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from typing import Any

import discord

from bot.discord import forum_tags
from bot.discord.discord_permissions import NEEDED
from bot.model.language import ENGLISH, msgid, tr, tr_many
from storage.records import DiscordId

TEXT, CATEGORY, FORUM = 0, 4, 15  # Discord's channel types
CATEGORY_NAME = "Fanvue"
_ROLE, _MEMBER = 0, 1  # Discord's kinds of overwrites
_REQUIRE_TAG = 1 << 4
_MOST_CHANNELS = 50  # of one category
_TOPIC = msgid("One post per fan. What is written here stays with the team; /reply answers the fan.")
_NUMBERED = re.compile(r"-\d+$")
_MOST_TAGS = 20

_HIDDEN = discord.Permissions(view_channel=True)
# In a forum "Send Messages" makes posts: those belong to the bot alone, so that one post is one fan.
_NO_POSTS = discord.Permissions(view_channel=True, send_messages=True)
_READS = discord.Permissions(view_channel=True, read_message_history=True)
_WRITES = _READS | discord.Permissions(send_messages_in_threads=True)
# Manage Roles in a channel can only be given by an administrator; the bot has it from the server.
_BOT = discord.Permissions(NEEDED.value & ~discord.Permissions(manage_roles=True).value)

Json = Mapping[str, Any]
NOBODY: Mapping[DiscordId, bool] = {}


def slug(name: str) -> str:
    """A name as Discord writes channel names, at most 80 characters."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")[:80]


def names(creator_name: str | None) -> tuple[str, str]:
    """Return the names of a creator's forum and alerts channel."""
    start = slug(creator_name or "")
    return (f"{start}-fans", f"{start}-alerts") if start else ("fans", "alerts")


def overwrites(
    kind: int, *, guild: DiscordId, bot: DiscordId, readers: Mapping[DiscordId, bool] = NOBODY
) -> list[dict[str, Any]]:
    """Return who may see the channel: the bot, and the roles let in; `readers`: whether each may write.

    No category shows itself to a role: it may hold the channels of several creators.
    """
    hidden = _NO_POSTS if kind == FORUM else _HIDDEN
    wanted = [
        {"id": str(guild), "type": _ROLE, "allow": "0", "deny": str(hidden.value)},
        {"id": str(bot), "type": _MEMBER, "allow": str(_BOT.value), "deny": "0"},
    ]
    if kind != CATEGORY:
        wanted += [
            {"id": str(role), "type": _ROLE, "allow": str(allowed(writes=writes)), "deny": "0"}
            for role, writes in readers.items()
        ]
    return wanted


def allowed(*, writes: bool) -> int:
    """Return an admitted role's rights."""
    return (_WRITES if writes else _READS).value


def outsiders(channel: Json, keep: Collection[str]) -> list[Json]:
    """The overwrites by which anybody sees a channel who is not among these; a denial keeps somebody out."""
    return [
        who
        for who in channel.get("permission_overwrites") or []
        if who["id"] not in keep and int(who["allow"]) & _HIDDEN.value
    ]


def new_channel(kind: int, name: str, *, parent: DiscordId | None, who: Sequence[Json]) -> dict[str, Any]:
    """The body that makes a channel, in the language that is spoken here."""
    body: dict[str, Any] = {"name": name, "type": kind, "permission_overwrites": list(who)}
    if kind != CATEGORY:
        body |= {"parent_id": None if parent is None else str(parent), "nsfw": True}
    if kind == FORUM:
        body |= {
            "topic": tr(_TOPIC),
            "available_tags": forum_tags.new(),
            "default_auto_archive_duration": 10080,
        }
    return body


def another(
    first: Json, number: int, reference: str, *, parent: DiscordId | None, keep: Collection[str]
) -> dict[str, Any]:
    """Return the body of one more forum, for viewers of the first one, and found by its topic.

    `keep`: those viewers; anyone else who sees the first one was let in by hand, and not by the owner.
    """
    out = [one["id"] for one in outsiders(first, keep)]
    who = [_entry(one) for one in first.get("permission_overwrites") or [] if one["id"] not in out]
    body = new_channel(FORUM, f"{stem(first['name'])}-{number}", parent=parent, who=who)
    theirs = [_kept(tag) for tag in first.get("available_tags") or [] if forum_tags.meaning(tag) is None]
    for tag in theirs:
        del tag["id"]  # each forum has its own
    body["available_tags"] = [*body["available_tags"], *theirs][:_MOST_TAGS]
    return {**body, "topic": f"{tr(_TOPIC)}\n-# {reference}"}


def stem(name: str) -> str:
    """The name of a creator's first forum, from the name of any."""
    return _NUMBERED.sub("", name) if _NUMBERED.sub("", name).endswith("fans") else name


def room_in(channels: Iterable[Json], beside: Json) -> DiscordId | None:
    """The category of a channel, if one more has room there; None: it has none, or stands outside."""
    parent = beside.get("parent_id")
    inside = sum(1 for one in channels if one.get("parent_id") == parent)
    return None if parent is None or inside >= _MOST_CHANNELS else DiscordId(int(parent))


def repair(
    channel: Json, who: Sequence[Json], *, only: Collection[str] | None = None, spoken: str = ENGLISH
) -> tuple[dict[str, Any], list[str]]:
    """Return the body that repairs an existing channel, and its repairs; both empty if all is well.

    `only`: nobody but these sees it afterwards, even if others let them in; None: not decided here.
    `spoken`: the channel's language, which its new tags are in. Those that are there keep their names.
    """
    body: dict[str, Any] = {}
    mended: list[str] = []
    if channel["type"] != CATEGORY and not channel.get("nsfw"):
        body["nsfw"] = True
        mended.append(tr("marked it age-restricted"))
    existing = channel.get("permission_overwrites") or []
    out = [] if only is None else [one["id"] for one in outsiders(channel, only)]
    merged = _merged([one for one in existing if one["id"] not in out], who)
    if merged is not None or out:
        body["permission_overwrites"] = merged or [_entry(one) for one in existing if one["id"] not in out]
        mended.append(tr("fixed its permissions") if not out else _closed(len(out)))
    if channel["type"] == FORUM:
        tags = list(channel.get("available_tags") or [])
        lacking = forum_tags.lacking(tags, spoken)
        if lacking:
            body["available_tags"] = [*map(_kept, tags), *lacking][:_MOST_TAGS]
            mended.append(tr("added the tags {tags}", tags=", ".join(str(tag["name"]) for tag in lacking)))
        if channel.get("flags", 0) & _REQUIRE_TAG:
            body["flags"] = channel["flags"] & ~_REQUIRE_TAG
            mended.append(tr("made tags optional"))
    return body, mended


def _closed(number: int) -> str:
    return tr_many(
        "removed one who was added without the owner's consent",
        "removed {n} who were added without the owner's consent",
        number,
        n=number,
    )


def is_ours(channel: Json, bot: DiscordId) -> bool:
    """Whether an earlier /setup made it: it carries the bot's own overwrite."""
    return any(who["id"] == str(bot) for who in channel.get("permission_overwrites") or [])


def find(
    channels: Iterable[Json], kind: int, name: str, *, parent: DiscordId | None, bot: DiscordId
) -> Json | None:
    """A channel that an interrupted /setup left behind. A stranger's channel of that name is not ours.

    `channels`: without those of which it is known whose they are.
    """
    for channel in channels:
        same = channel["type"] == kind and channel["name"].casefold() == name.casefold()
        inside = parent is None or channel.get("parent_id") == str(parent)
        if same and inside and is_ours(channel, bot):
            return channel
    return None


def category_for(channels: Sequence[Json], forum_name: str, *, bot: DiscordId) -> tuple[str, Json | None]:
    """Our first category with room for a forum and its alerts, or the name of one to be made.

    One in which an interrupted /setup left this forum is it, also when nothing more has room there.
    """
    for number in count(1):
        name = CATEGORY_NAME if number == 1 else f"{CATEGORY_NAME} {number}"
        found = find(channels, CATEGORY, name, parent=None, bot=bot)
        if found is None:
            return name, None
        parent, inside = DiscordId(int(found["id"])), [one for one in channels if _in(one, found)]
        if len(inside) <= _MOST_CHANNELS - 2 or find(inside, FORUM, forum_name, parent=parent, bot=bot):
            return name, found
    raise AssertionError("there is always one more name")


def _in(channel: Json, category: Json) -> bool:
    return bool(channel.get("parent_id") == category["id"])


def _kept(tag: Json) -> dict[str, Any]:
    return {key: tag[key] for key in ("id", "name", "moderated", "emoji_id", "emoji_name") if key in tag}


def _entry(who: Json) -> dict[str, Any]:
    return {key: who[key] for key in ("id", "type", "allow", "deny")}


def _merged(existing: Sequence[Json], wanted: Sequence[Json]) -> list[dict[str, Any]] | None:
    merged = {who["id"]: _entry(who) for who in existing}
    before = {key: dict(who) for key, who in merged.items()}
    for who in wanted:
        had = merged.get(who["id"], {"id": who["id"], "type": who["type"], "allow": "0", "deny": "0"})
        allow = (int(had["allow"]) | int(who["allow"])) & ~int(who["deny"])
        deny = (int(had["deny"]) | int(who["deny"])) & ~int(who["allow"])
        merged[who["id"]] = {**had, "allow": str(allow), "deny": str(deny)}
    return None if merged == before else list(merged.values())
