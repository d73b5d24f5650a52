"""Threads on messages and private ones: who sees them, who is in them."""

import pytest

from tests.sandbox.discord.conftest import APPLICATION_ID, FurnishedDiscord, PlainDiscordApi


async def _secret(studio: FurnishedDiscord, api: PlainDiscordApi, **more: object) -> str:
    made = await api(
        "POST", f"/channels/{studio.lobby.id}/threads", {"name": "Between us", "type": 12, **more}
    )
    assert made[0] == 201
    assert made[1]["type"] == 12
    return str(made[1]["id"])


async def test_a_private_thread_is_seen_by_those_in_it_and_by_those_who_manage_threads(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    thread = int(await _secret(still, api))
    maya, owner = still.person("maya"), still.person("olivia")

    assert not maya.sees(thread)
    assert owner.sees(thread)
    assert (await api("PUT", f"/channels/{thread}/thread-members/{maya.user.id}"))[0] == 204
    assert maya.sees(thread)
    members = (await api("GET", f"/channels/{thread}/thread-members"))[1]
    assert {int(member["user_id"]) for member in members} == {APPLICATION_ID, maya.user.id}
    whole = f"/channels/{thread}/thread-members?with_member=true&limit=1"
    [first] = (await api("GET", whole))[1]
    [second] = (await api("GET", f"{whole}&after={first['user_id']}"))[1]
    assert second["member"]["user"]["id"] == second["user_id"]
    assert (await api("GET", f"{whole}&after={second['user_id']}"))[1] == []
    assert (await api("DELETE", f"/channels/{thread}/thread-members/{maya.user.id}"))[0] == 204
    assert not maya.sees(thread)


async def test_a_thread_without_a_type_is_private_as_at_discord(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    made = await api("POST", f"/channels/{still.lobby.id}/threads", {"name": "Between us"})
    assert (made[0], made[1]["type"]) == (201, 12)


@pytest.mark.parametrize("whose", ["", "/users/@me"])
async def test_resting_private_threads_have_a_list_of_their_own(
    still: FurnishedDiscord, api: PlainDiscordApi, whose: str
) -> None:
    thread, lobby = await _secret(still, api), f"/channels/{still.lobby.id}"
    await api("PATCH", f"/channels/{thread}", {"archived": True})

    assert [
        t["id"] for t in (await api("GET", f"{lobby}{whose}/threads/archived/private"))[1]["threads"]
    ] == [thread]
    assert (await api("GET", f"{lobby}/threads/archived/public"))[1]["threads"] == []


async def test_a_thread_on_a_message_has_its_id_and_there_is_only_one(
    still: FurnishedDiscord, api: PlainDiscordApi
) -> None:
    lobby = f"/channels/{still.lobby.id}"
    message = (await api("POST", f"{lobby}/messages", {"content": "hello"}))[1]["id"]
    first = await api("POST", f"{lobby}/messages/{message}/threads", {"name": "About it"})
    second = await api("POST", f"{lobby}/messages/{message}/threads", {"name": "Again"})

    assert (first[0], first[1]["id"], first[1]["type"]) == (201, message, 11)
    assert (second[0], second[1]["code"]) == (400, 160004)
    assert (await api("GET", f"{lobby}/messages/{message}"))[1]["thread"]["name"] == "About it"
