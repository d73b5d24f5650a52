"""Forum posts: tags, archiving, locking, limits, renames."""

from typing import Any

import pytest

from bot.sandbox.discord.model import FORUM, StandInOverwrite, StandInTag
from tests.sandbox.discord.conftest import DiscordTestClock, FurnishedDiscord, PlainDiscordApi


@pytest.fixture
def forum(still: FurnishedDiscord) -> Any:
    """A forum with two tags; the second is for those who manage threads."""
    tags = [StandInTag(501, "new"), StandInTag(502, "vip", moderated=True)]
    return still.server.world.add_channel(still.guild, "luna", FORUM, tags=tags, default_auto_archive=1440)


async def _post(api: PlainDiscordApi, forum: Any, name: str = "Anna", **more: Any) -> tuple[int, Any]:
    body = {"name": name, "message": {"content": "card"}, **more}
    return await api("POST", f"/channels/{forum.id}/threads", body)


async def test_a_post_has_its_first_message_under_its_own_id(api: PlainDiscordApi, forum: Any) -> None:
    status, made = await _post(api, forum, applied_tags=["501"])
    assert status == 201
    assert made["message"]["id"] == made["id"]
    assert made["applied_tags"] == ["501"]
    assert made["thread_metadata"]["auto_archive_duration"] == 1440


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "n" * 101}, 50035),
        ({"name": ""}, 50035),
        ({"applied_tags": ["999"]}, 50035),
        ({"applied_tags": ["501"] * 6}, 50035),
        ({"auto_archive_duration": 61}, 50035),
        ({"message": {}}, 50006),
        ({"message": {"content": "x", "unknown": 1}}, 50035),
    ],
)
async def test_a_post_against_the_rules_leaves_nothing_behind(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any, more: dict[str, Any], code: int
) -> None:
    status, answer = await _post(api, forum, **more)
    assert (status, answer["code"]) == (400, code)
    assert still.server.world.threads(still.guild.id) == []


async def test_a_forum_that_requires_a_tag_refuses_a_post_without(api: PlainDiscordApi, forum: Any) -> None:
    forum.flags = 1 << 4
    assert (await _post(api, forum))[1]["code"] == 40067


async def test_the_limit_of_active_threads_counts_only_those_that_are_not_archived(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any
) -> None:
    still.guild.max_active_threads = 1
    first = (await _post(api, forum))[1]["id"]
    assert (await _post(api, forum, "Bert"))[1]["code"] == 160006
    assert (await api("PATCH", f"/channels/{first}", {"archived": True}))[0] == 200
    assert (await _post(api, forum, "Bert"))[0] == 201
    assert (await api("POST", f"/channels/{first}/messages", {"content": "x"}))[1]["code"] == 160006


async def test_an_archived_thread_refuses_edits_and_wakes_up_for_a_message(
    api: PlainDiscordApi, forum: Any
) -> None:
    thread = (await _post(api, forum))[1]["id"]
    await api("PATCH", f"/channels/{thread}", {"archived": True})
    assert (await api("PATCH", f"/channels/{thread}/messages/{thread}", {"content": "x"}))[1]["code"] == 50083
    assert (await api("PATCH", f"/channels/{thread}", {"applied_tags": ["501"]}))[1]["code"] == 50083
    assert (await api("POST", f"/channels/{thread}/messages", {"content": "x"}))[0] == 200
    assert (await api("GET", f"/channels/{thread}"))[1]["thread_metadata"]["archived"] is False


async def test_a_quiet_thread_is_archived_after_its_time(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any, clock: DiscordTestClock
) -> None:
    thread = (await _post(api, forum))[1]["id"]
    clock.advance(minutes=1439)
    await api("POST", f"/channels/{thread}/messages", {"content": "still here"})
    clock.advance(minutes=1439)
    active = (await api("GET", f"/guilds/{still.guild.id}/threads/active"))[1]["threads"]
    assert [found["id"] for found in active] == [thread]
    clock.advance(minutes=1)
    assert (await api("GET", f"/guilds/{still.guild.id}/threads/active"))[1]["threads"] == []
    resting = (await api("GET", f"/channels/{forum.id}/threads/archived/public"))[1]
    assert [found["id"] for found in resting["threads"]] == [thread]


async def test_a_thread_whose_time_is_made_shorter_is_archived_by_the_shorter_one(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any, clock: DiscordTestClock
) -> None:
    thread = (await _post(api, forum))[1]["id"]
    clock.advance(minutes=61)
    await api("GET", f"/channels/{thread}")

    await api("PATCH", f"/channels/{thread}", {"auto_archive_duration": 60})

    assert (await api("GET", f"/guilds/{still.guild.id}/threads/active"))[1]["threads"] == []


async def test_a_thread_that_woke_up_counts_as_active_again(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any
) -> None:
    still.guild.max_active_threads = 1
    first = (await _post(api, forum))[1]["id"]
    await api("PATCH", f"/channels/{first}", {"archived": True})
    second = (await _post(api, forum, "Bert"))[1]["id"]
    await api("PATCH", f"/channels/{second}", {"archived": True})

    await api("POST", f"/channels/{first}/messages", {"content": "awake"})

    assert (await _post(api, forum, "Cleo"))[1]["code"] == 160006


async def test_archived_threads_are_paged_by_the_time_of_archiving(
    api: PlainDiscordApi, forum: Any, clock: DiscordTestClock
) -> None:
    for name in ("a", "b", "c"):
        thread = (await _post(api, forum, name))[1]["id"]
        clock.advance(seconds=1)
        await api("PATCH", f"/channels/{thread}", {"archived": True})
    where = f"/channels/{forum.id}/threads/archived/public"
    page = (await api("GET", where, params={"limit": 2}))[1]
    assert [thread["name"] for thread in page["threads"]] == ["c", "b"]
    assert page["has_more"] is True
    before = page["threads"][-1]["thread_metadata"]["archive_timestamp"]
    rest = (await api("GET", where, params={"limit": 2, "before": before}))[1]
    assert ([thread["name"] for thread in rest["threads"]], rest["has_more"]) == (["a"], False)
    assert (await api("GET", where, params={"before": "yesterday"}))[1]["code"] == 50035


async def test_a_locked_thread_is_closed_to_those_who_do_not_manage_threads(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any
) -> None:
    thread = int((await _post(api, forum))[1]["id"])
    assert (await api("PATCH", f"/channels/{thread}", {"locked": True}))[0] == 200
    with pytest.raises(Exception, match="160005"):
        await still.person("maya").say(thread, "let me in")
    assert (await api("POST", f"/channels/{thread}/messages", {"content": "I may"}))[0] == 200
    own = next(iter(still.server.world.applications))
    forum.overwrites[own] = StandInOverwrite(own, 1, 0, 1 << 34)
    assert (await api("PATCH", f"/channels/{thread}", {"archived": True}))[1]["code"] == 50013
    assert (await api("POST", f"/channels/{thread}/messages", {"content": "x"}))[1]["code"] == 160005


async def test_moderated_tags_and_foreign_threads_need_the_right_to_manage_threads(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any
) -> None:
    own = next(iter(still.server.world.applications))
    thread = (await _post(api, forum))[1]["id"]
    forum.overwrites[own] = StandInOverwrite(own, 1, 0, 1 << 34)
    assert (await api("PATCH", f"/channels/{thread}", {"applied_tags": ["501"]}))[0] == 200
    assert (await api("PATCH", f"/channels/{thread}", {"applied_tags": ["502"]}))[1]["code"] == 50013
    assert (await api("PATCH", f"/channels/{thread}", {"locked": True}))[1]["code"] == 50013


async def test_a_third_rename_in_ten_minutes_waits(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any, clock: DiscordTestClock
) -> None:
    for target in (forum.id, int((await _post(api, forum))[1]["id"])):
        for name in ("one", "two"):
            assert (await api("PATCH", f"/channels/{target}", {"name": name}))[0] == 200
        status, answer = await api("PATCH", f"/channels/{target}", {"name": "three"})
        assert (status, answer["code"], answer["retry_after"]) == (429, 20028, 600)
    clock.advance(minutes=10)
    assert (await api("PATCH", f"/channels/{forum.id}", {"name": "three"}))[0] == 200


async def test_threads_have_the_permissions_of_their_forum(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any
) -> None:
    thread = int((await _post(api, forum))[1]["id"])
    maya = still.person("maya")
    assert maya.sees(thread)
    forum.overwrites[still.guild.id] = StandInOverwrite(still.guild.id, 0, 0, 1 << 10)
    assert not maya.sees(thread)
    assert maya.read(thread) == []
    assert maya.threads(forum) == []
    assert still.person("olivia").sees(thread)


async def test_age_restricted_places_are_closed_to_the_young(
    still: FurnishedDiscord, api: PlainDiscordApi, forum: Any
) -> None:
    thread = int((await _post(api, forum))[1]["id"])
    young = still.server.world.add_user("teen", adult=False)
    still.server.world.add_member(still.guild, young)
    person = still.server.person(young.id)
    assert person.sees(thread)
    assert (await api("PATCH", f"/channels/{forum.id}", {"nsfw": True}))[0] == 200
    assert not person.sees(thread)
    assert still.person("maya").sees(thread)


async def test_slowmode_holds_people_and_not_those_who_manage(
    still: FurnishedDiscord, api: PlainDiscordApi, clock: DiscordTestClock
) -> None:
    assert (await api("PATCH", f"/channels/{still.lobby.id}", {"rate_limit_per_user": 30}))[0] == 200
    maya = still.person("maya")
    await maya.say(still.lobby, "one")
    with pytest.raises(Exception, match="20016"):
        await maya.say(still.lobby, "two")
    clock.advance(seconds=30)
    await maya.say(still.lobby, "two")
    for _ in range(2):
        assert (await api("POST", f"/channels/{still.lobby.id}/messages", {"content": "x"}))[0] == 200
