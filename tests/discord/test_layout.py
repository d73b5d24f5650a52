"""What a creator's channels should look like, and what an existing one lacks."""

from typing import Any

import discord
import pytest

from bot.discord import channel_layout, forum_tags
from bot.discord.discord_permissions import missing, why_not_answer
from bot.model.language import speaking
from storage.records import DiscordId

GUILD, BOT, TEAM = DiscordId(1), DiscordId(2), DiscordId(3)


def _who(kind: int = channel_layout.FORUM, team: DiscordId | None = TEAM) -> list[dict[str, Any]]:
    return channel_layout.overwrites(kind, guild=GUILD, bot=BOT, readers={} if team is None else {team: True})


def _made(kind: int = channel_layout.FORUM, **changes: Any) -> dict[str, Any]:
    """A channel as Discord shows it right after it was made."""
    body = channel_layout.new_channel(kind, "fans", parent=DiscordId(9), who=_who(kind))
    tags = [{**tag, "id": str(100 + n)} for n, tag in enumerate(body.get("available_tags", []))]
    return {**body, "id": "50", "available_tags": tags, "flags": 0, **changes}


def test_everyone_is_kept_out_and_the_bot_and_the_team_are_let_in() -> None:
    everyone, bot, team = _who()

    assert discord.Permissions(int(everyone["deny"])).view_channel
    assert discord.Permissions(int(bot["allow"])).manage_threads
    assert not discord.Permissions(int(bot["allow"])).manage_roles
    assert discord.Permissions(int(team["allow"])).send_messages_in_threads


def test_without_a_team_only_the_bot_is_let_in() -> None:
    assert [who["id"] for who in _who(team=None)] == ["1", "2"]


def test_only_the_bot_makes_posts_so_that_one_post_is_one_fan() -> None:
    everyone, bot, _ = _who()

    assert discord.Permissions(int(everyone["deny"])).send_messages
    assert discord.Permissions(int(bot["allow"])).send_messages


def test_a_new_forum_is_age_restricted_with_tags_that_nobody_must_choose() -> None:
    forum = channel_layout.new_channel(channel_layout.FORUM, "fans", parent=DiscordId(9), who=_who())

    assert forum["nsfw"] is True
    assert [tag["name"] for tag in forum["available_tags"]] == list(forum_tags.TAGS)
    assert "flags" not in forum


@pytest.mark.parametrize("kind", [channel_layout.FORUM, channel_layout.TEXT])
def test_a_channel_in_order_needs_no_repair(kind: int) -> None:
    assert channel_layout.repair(_made(kind), _who(kind)) == ({}, [])


def test_a_channel_that_lost_its_age_mark_gets_it_back() -> None:
    body, mended = channel_layout.repair(_made(nsfw=False), _who())

    assert body == {"nsfw": True}
    assert mended == ["marked it age-restricted"]


def test_a_lost_tag_is_added_beside_the_teams_own_ones() -> None:
    own = {"id": "7", "name": "birthday", "moderated": False, "emoji_id": None, "emoji_name": "🎂"}
    kept = [tag for tag in _made()["available_tags"] if tag["name"] != "vip"]

    body, mended = channel_layout.repair(_made(available_tags=[own, *kept]), _who())

    first = body["available_tags"][0]
    assert (first["id"], first["name"]) == ("7", "birthday")
    assert body["available_tags"][-1] == {"name": "vip", "moderated": True}
    assert mended == ["added the tags vip"]


def _in(spoken: str, **changes: Any) -> dict[str, Any]:
    with speaking(spoken):
        return _made(**changes)


@pytest.mark.parametrize("spoken", ["de", "es"])
def test_tags_are_made_in_the_forums_language_and_known_by_what_they_mean(spoken: str) -> None:
    english, other = _made(), _in(spoken)
    names = [tag["name"] for tag in other["available_tags"]]

    assert len(set(names)) == len(forum_tags.TAGS)
    assert not {"waiting", "answered"} & set(names)
    assert max(map(len, names)) <= 20
    assert forum_tags.tag_ids(other) == forum_tags.tag_ids(english)


@pytest.mark.parametrize(("made", "now"), [("en", "de"), ("de", "en"), ("de", "es")])
def test_a_forum_that_speaks_another_language_now_gets_no_tag_twice(made: str, now: str) -> None:
    there = _in(made)
    lost = [tag for tag in there["available_tags"] if forum_tags.meaning(tag) != "waiting"]

    whole = channel_layout.repair(there, _who(), spoken=now)
    body, _ = channel_layout.repair({**there, "available_tags": lost}, _who(), spoken=now)

    assert whole == ({}, [])
    assert [tag["name"] for tag in body["available_tags"][:-1]] == [tag["name"] for tag in lost]
    assert body["available_tags"][-1]["name"] == {"en": "waiting", "de": "wartet", "es": "en espera"}[now]


def test_of_two_tags_that_mean_the_same_the_first_counts() -> None:
    forum = _made(available_tags=[{"id": "5", "name": "wartet"}, {"id": "6", "name": "waiting"}])

    assert forum_tags.tag_ids(forum) == {"waiting": 5}


def test_a_forum_that_began_to_require_tags_no_longer_does() -> None:
    body, _ = channel_layout.repair(_made(flags=1 << 4), _who())

    assert body == {"flags": 0}


def test_an_open_door_is_closed_and_other_peoples_overwrites_stay() -> None:
    everyone, bot, team = _who()
    opened = {**everyone, "deny": "0", "allow": str(discord.Permissions(view_channel=True).value)}
    guest = {"id": "77", "type": 1, "allow": "1024", "deny": "0"}

    body, mended = channel_layout.repair(_made(permission_overwrites=[opened, bot, team, guest]), _who())

    mended_ones = {who["id"]: who for who in body["permission_overwrites"]}
    assert mended_ones["1"] == everyone
    assert mended_ones["77"] == guest
    assert mended == ["fixed its permissions"]


def test_what_becomes_a_creators_is_closed_to_whoever_was_let_in_before_and_denials_stay() -> None:
    guest = {"id": "77", "type": 1, "allow": "1024", "deny": "0"}
    barred = {"id": "78", "type": 1, "allow": "0", "deny": "1024"}
    found = _made(permission_overwrites=[*_who(), guest, barred])

    body, mended = channel_layout.repair(found, _who(team=None), only={"1", "2"})

    assert body == {"permission_overwrites": [*_who(team=None), barred]}
    assert mended == ["removed 2 who were added without the owner's consent"]


def test_a_role_that_reads_writes_nothing_and_no_category_shows_itself_to_one() -> None:
    *_, reader = channel_layout.overwrites(channel_layout.FORUM, guild=GUILD, bot=BOT, readers={TEAM: False})

    assert not discord.Permissions(int(reader["allow"])).send_messages_in_threads
    assert [who["id"] for who in _who(channel_layout.CATEGORY)] == ["1", "2"]


def test_a_strangers_channel_of_the_same_name_is_not_taken_over() -> None:
    theirs = {
        "id": "8",
        "type": channel_layout.FORUM,
        "name": "fans",
        "parent_id": "9",
        "permission_overwrites": [],
    }
    ours = {**_made(), "parent_id": "9"}

    found = channel_layout.find([theirs, ours], channel_layout.FORUM, "Fans", parent=DiscordId(9), bot=BOT)

    assert found is ours


@pytest.mark.parametrize(
    ("name", "forum"),
    [
        ("Mila", "mila-fans"),
        ("Mila & Zoë!", "mila-zoë-fans"),
        ("***", "fans"),
        (None, "fans"),
        ("x" * 90, "x" * 80 + "-fans"),
    ],
)
def test_channels_are_named_after_the_creator(name: str | None, forum: str) -> None:
    assert channel_layout.names(name)[0] == forum


def test_tag_ids_are_kept_by_our_names_only() -> None:
    forum = _made(available_tags=[{"id": "5", "name": "vip"}, {"id": "6", "name": "birthday"}])

    assert forum_tags.tag_ids(forum) == {"vip": 5}


def test_what_the_bot_lacks_is_named_as_discord_names_it() -> None:
    everything = discord.Permissions.all()
    everything.update(manage_channels=False, administrator=False)

    assert missing(everything) == ["Manage Channels"]
    assert missing(discord.Permissions(administrator=True)) == []
    assert len(missing(discord.Permissions.none())) == 8


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (discord.Permissions(view_channel=True, send_messages_in_threads=True), True),
        (discord.Permissions(administrator=True), True),
        (discord.Permissions(view_channel=True, send_messages=True), False),
        (discord.Permissions(send_messages_in_threads=True), False),
        (discord.Permissions.none(), False),
    ],
    ids=["team", "admin", "send elsewhere only", "cannot see", "nothing known"],
)
def test_who_may_answer_a_fan(permissions: discord.Permissions, may: bool) -> None:  # noqa: FBT001 - a table
    assert (why_not_answer(permissions) is None) is may


def test_another_forum_is_for_whom_the_owner_let_in_with_the_same_tags_and_carries_its_reference() -> None:
    guest = {"id": "77", "type": 1, "allow": "1024", "deny": "0"}
    own = {"id": "7", "name": "birthday", "moderated": False, "emoji_id": None, "emoji_name": "🎂"}
    barred = {"id": "78", "type": 1, "allow": "0", "deny": "1024"}
    first = _made(name="mila-fans", permission_overwrites=[*_who(), guest, barred], nsfw=False)
    first["available_tags"] = [own, *first["available_tags"]]

    body = channel_layout.another(first, 2, "AbCdEf", parent=DiscordId(9), keep={"1", "2", "3"})

    assert (body["name"], body["type"], body["nsfw"], body["parent_id"]) == (
        "mila-fans-2",
        channel_layout.FORUM,
        True,
        "9",
    )
    assert body["permission_overwrites"] == [*_who(), barred]
    assert {tag["name"] for tag in body["available_tags"]} == {"birthday", *forum_tags.TAGS}
    assert not any("id" in tag for tag in body["available_tags"])
    assert body["topic"].endswith("AbCdEf")


@pytest.mark.parametrize(
    ("name", "stem"),
    [("mila-fans", "mila-fans"), ("mila-fans-2", "mila-fans"), ("mila-2", "mila-2"), ("fans-12", "fans")],
)
def test_the_first_forum_is_known_by_the_name_of_any(name: str, stem: str) -> None:
    assert channel_layout.stem(name) == stem


def test_a_category_with_fifty_channels_has_no_room() -> None:
    beside = {"id": "1", "parent_id": "9"}
    others = [{"id": str(number), "parent_id": "9"} for number in range(2, 51)]

    assert channel_layout.room_in([beside, *others[:-1]], beside) == 9
    assert channel_layout.room_in([beside, *others], beside) is None
    assert channel_layout.room_in([{"id": "1", "parent_id": None}], {"id": "1", "parent_id": None}) is None
