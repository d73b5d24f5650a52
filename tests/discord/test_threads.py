"""The Discord port against a Discord that behaves, fails and forgets."""

import asyncio

import discord
import pytest

from bot.discord.controls import MessageTooBig
from bot.discord.direct_requests import DirectRequests
from bot.discord.message_bodies import message_of
from bot.discord.threads import DiscordThreads
from bot.model.errors import DeliveryUnknown, TargetGone, TryLater
from bot.model.ports import Button, OpenedThread, Post, mark_of
from bot.sandbox.discord import forum as forums
from bot.sandbox.discord.model import FORUM, StandInChannel, StandInOverwrite, StandInTag
from bot.sandbox.discord.permissions import VIEW_CHANNEL
from bot.sandbox.discord.standalone import BOT_RIGHTS
from storage.records import DiscordId, Reference
from tests.discord.desk import Desk
from tests.discord.discord_test_server import (
    APPLICATION,
    TOKEN,
    DiscordTestServer,
    SupervisorReports,
    make_bot,
)

REF = Reference("AbCdEfGhIjKlMnOpQr-_12")
OTHER = Reference("0" * 22)


def _card(ref: str = REF) -> Post:
    return Post(title="Nora", body=("Chats with Mila",), accent=1, buttons=(Button("reply", ref, "Reply"),))


def _forum(town: DiscordTestServer) -> StandInChannel:
    tag = StandInTag(town.server.world.snowflakes.new(), "new")
    return town.server.world.add_channel(town.guild, "fans", FORUM, nsfw=True, tags=[tag])


async def _open(
    town: DiscordTestServer, forum: StandInChannel, ref: str = REF, name: str = "Nora · 1a2b"
) -> OpenedThread:
    tags = [DiscordId(forum.tags[0].id)]
    return await town.bot.discord.open_thread(DiscordId(forum.id), name=name, card=_card(ref), tags=tags)


def _now(town: DiscordTestServer) -> int:
    return int(town.server.world.clock().timestamp() * 1000)


async def test_a_forum_post_is_made_with_its_card_its_tag_and_one_request(town: DiscordTestServer) -> None:
    forum = _forum(town)

    opened = await _open(town, forum)

    (thread,) = town.server.world.threads(town.guild.id)
    assert (thread.id, thread.name) == (opened.thread, "Nora · 1a2b")
    assert thread.thread is not None
    assert thread.thread.applied_tags == [forum.tags[0].id]
    (card,) = town.olivia.read(thread)
    assert card.id == opened.card
    assert card.text == "### Nora\nChats with Mila"


async def test_a_forum_post_whose_answer_got_lost_is_unknown_made_once_and_found_again(
    town: DiscordTestServer,
) -> None:
    forum = _forum(town)
    await _open(town, forum, OTHER)
    town.server.faults.lose_answer("POST", f"/channels/{forum.id}/threads")

    with pytest.raises(DeliveryUnknown):
        await _open(town, forum)

    found = await town.bot.discord.find_threads(DiscordId(forum.id), REF, since=0)
    assert len(found) == 1
    assert len(town.server.world.threads(town.guild.id)) == 2


async def test_a_forum_post_that_failed_with_a_502_after_it_was_made_is_not_made_twice(
    town: DiscordTestServer,
) -> None:
    forum = _forum(town)
    town.server.faults.fail("POST", f"/channels/{forum.id}/threads", 502, before=False)

    with pytest.raises(DeliveryUnknown):
        await _open(town, forum)

    assert len(town.server.world.threads(town.guild.id)) == 1


async def test_a_429_while_making_a_forum_post_tells_how_long_to_wait(town: DiscordTestServer) -> None:
    forum = _forum(town)
    town.server.faults.rate_limit("POST", f"/channels/{forum.id}/threads", retry_after=7.0)

    with pytest.raises(TryLater) as later:
        await _open(town, forum)

    assert later.value.after == 7.0
    assert town.server.world.threads(town.guild.id) == []


async def test_too_many_open_threads_wait_for_a_person(town: DiscordTestServer) -> None:
    forum = _forum(town)
    town.guild.max_active_threads = 0

    with pytest.raises(TryLater, match="as many open threads") as later:
        await _open(town, forum)

    assert later.value.paused


async def test_two_posts_with_one_reference_are_both_found_the_older_first(town: DiscordTestServer) -> None:
    forum = _forum(town)
    first, second = await _open(town, forum), await _open(town, forum)
    assert town.server.world.channel(first.thread).thread is not None
    await _archive(town, first.thread)

    found = await town.bot.discord.find_threads(DiscordId(forum.id), REF, since=_now(town) - 60_000)

    assert list(found) == [first, second]
    await town.bot.discord.delete_thread(second.thread)
    await town.bot.discord.delete_thread(second.thread)  # a repeat changes nothing
    assert list(await town.bot.discord.find_threads(DiscordId(forum.id), REF, since=0)) == [first]


async def _archive(town: DiscordTestServer, thread: DiscordId) -> None:
    await town.bot.direct.call("PATCH", f"/channels/{thread}", {"archived": True})


async def test_a_post_of_the_same_name_and_another_reference_is_not_taken(town: DiscordTestServer) -> None:
    forum = _forum(town)
    await _open(town, forum, OTHER)

    assert list(await town.bot.discord.find_threads(DiscordId(forum.id), REF, since=0)) == []


async def test_of_many_who_look_at_once_one_reads_the_card_of_a_post(town: DiscordTestServer) -> None:
    forum, many = _forum(town), 5
    other = await _open(town, forum, OTHER)
    card = town.server.faults.hold("GET", f"/channels/{other.thread}/messages/{other.card}")
    ledger = town.server.ledger

    looking = [
        asyncio.create_task(town.bot.discord.find_threads(DiscordId(forum.id), REF, since=0))
        for _ in range(many)
    ]
    await card.reached()
    listed = "/guilds/{guild_id}/threads/active"
    await town.server.world.until(lambda: ledger.count("request", route=listed) == many, 5)
    card.release()

    assert await asyncio.gather(*looking) == [[]] * many
    assert ledger.count("request", route="/channels/{channel_id}/messages/{message_id}", method="GET") == 1


async def test_a_post_with_our_reference_in_another_forum_is_not_taken(town: DiscordTestServer) -> None:
    here, elsewhere = _forum(town), _forum(town)
    await _open(town, elsewhere)

    assert list(await town.bot.discord.find_threads(DiscordId(here.id), REF, since=0)) == []


async def test_a_post_is_found_behind_more_than_a_page_of_archived_ones(town: DiscordTestServer) -> None:
    forum = _forum(town)
    wanted = await _open(town, forum)
    await _archive(town, wanted.thread)
    world, olivia = town.server.world, town.olivia.user
    for number in range(101):
        thread, _ = forums.post(
            world, forum, olivia, {"name": f"old {number}", "message": {"content": "x"}}, []
        )
        forums.modify(world, thread, olivia.id, {"archived": True})

    found = await town.bot.discord.find_threads(DiscordId(forum.id), REF, since=0)
    recent = await town.bot.discord.find_threads(DiscordId(forum.id), REF, since=_now(town) + 120_000)

    assert list(found) == [wanted]
    assert list(recent) == []


async def test_the_same_nonce_posts_one_message(town: DiscordTestServer) -> None:
    lobby = DiscordId(town.lobby.id)
    post = Post(body=("Mila joined.",))

    first = await town.bot.discord.post(lobby, post, nonce=REF)
    second = await town.bot.discord.post(lobby, post, nonce=REF)

    assert first == second
    assert [message.content for message in town.maya.read(town.lobby)] == ["Mila joined."]


async def test_whoever_would_pass_a_channels_limit_is_told_when_to_come_back(town: DiscordTestServer) -> None:
    lobby, other = DiscordId(town.lobby.id), DiscordId(town.server.world.add_channel(town.guild, "other").id)
    post = Post(body=("Mila joined.",))
    for number in range(5):
        await town.bot.discord.post(lobby, post, nonce=f"{number}")

    with pytest.raises(TryLater) as later:
        await town.bot.discord.post(lobby, post, nonce="5")
    await town.bot.discord.post(other, post, nonce="6")

    assert later.value.after is not None
    assert 0 < later.value.after <= 5
    assert len(town.maya.read(town.lobby)) == 5
    assert len(town.bot.direct._limits.invalid._times) == 0


async def test_a_message_whose_answer_got_lost_is_unknown_and_found_by_its_reference(
    town: DiscordTestServer,
) -> None:
    lobby = DiscordId(town.lobby.id)
    since = _now(town)
    town.server.faults.lose_answer("POST", f"/channels/{lobby}/messages")

    with pytest.raises(DeliveryUnknown):
        await town.bot.discord.post(lobby, _card(), nonce=REF)

    found = await town.bot.discord.find_post(lobby, REF, since=since)
    assert [message.id for message in town.maya.read(town.lobby)] == [found]
    assert await town.bot.discord.find_post(lobby, OTHER, since=since) is None


async def test_a_message_is_found_by_a_reference_of_which_it_carries_the_mark_alone(
    town: DiscordTestServer,
) -> None:
    lobby = DiscordId(town.lobby.id)
    since = _now(town)
    button = Button("alert.why", REF, "Why?", marks=(mark_of(OTHER),))
    posted = await town.bot.discord.post(lobby, Post(body=("hi",), buttons=(button,)), nonce=REF)

    assert await town.bot.discord.find_post(lobby, OTHER, since=since) == posted
    assert await town.bot.discord.find_post(lobby, "n" * 22, since=since) is None


async def test_a_message_is_looked_for_through_more_than_one_page(town: DiscordTestServer) -> None:
    lobby = DiscordId(town.lobby.id)
    since = _now(town)
    for number in range(101):
        await town.maya.say(town.lobby, f"chatter {number}")
    posted = await town.bot.discord.post(lobby, _card(), nonce=REF)

    assert await town.bot.discord.find_post(lobby, REF, since=since) == posted


async def test_a_person_cannot_plant_a_message_that_is_taken_for_the_bots(town: DiscordTestServer) -> None:
    lobby = DiscordId(town.lobby.id)
    since = _now(town)
    await town.maya.say(town.lobby, f"v1:reply:{REF}")

    assert await town.bot.discord.find_post(lobby, REF, since=since) is None


async def test_another_bots_message_with_our_reference_is_not_taken_for_ours(town: DiscordTestServer) -> None:
    lobby = DiscordId(town.lobby.id)
    since = _now(town)
    # Where the operator did switch Message Content on, other people's components are to be seen.
    town.server.world.applications[APPLICATION].intents_enabled = frozenset({"message_content"})
    other = town.server.world.add_application(
        2_000_000_000_000_000_002, "other.token", "secret", name="Other"
    )
    town.server.world.invite_bot(town.guild, other, BOT_RIGHTS)
    stranger = DirectRequests(api_url=town.server.api_url, user_agent="other")
    stranger.open("other.token")
    await stranger.call("POST", f"/channels/{lobby}/messages", message_of(_card()))
    await stranger.close()

    assert len(town.maya.read(town.lobby)) == 1
    assert await town.bot.discord.find_post(lobby, REF, since=since) is None


async def test_an_edit_shows_the_new_words_and_may_be_repeated(town: DiscordTestServer) -> None:
    lobby = DiscordId(town.lobby.id)
    message = await town.bot.discord.post(lobby, Post(body=("queued",)), nonce=REF)

    for _ in range(2):
        await town.bot.discord.edit(lobby, message, Post(body=("sent",), accent=2))

    (shown,) = town.maya.read(town.lobby)
    assert (shown.text, shown.content) == ("sent", "")


async def test_an_archived_thread_is_woken_for_a_message_and_for_an_edit(town: DiscordTestServer) -> None:
    opened = await _open(town, _forum(town))
    await _archive(town, opened.thread)

    await town.bot.discord.edit(opened.thread, opened.card, _card())
    await _archive(town, opened.thread)
    await town.bot.discord.post(opened.thread, Post(body=("hello",), accent=1), nonce=REF)

    thread = town.server.world.channel(opened.thread)
    assert thread.thread is not None
    assert not thread.thread.archived


async def test_what_was_deleted_is_gone(town: DiscordTestServer) -> None:
    opened = await _open(town, _forum(town))
    await town.bot.discord.delete_thread(opened.thread)

    with pytest.raises(TargetGone):
        await town.bot.discord.post(opened.thread, _card(), nonce=REF)
    with pytest.raises(TargetGone):
        await town.bot.discord.edit(DiscordId(town.lobby.id), opened.card, _card())
    with pytest.raises(TargetGone):
        await town.bot.discord.find_post(opened.thread, REF, since=0)


async def test_a_channel_that_the_bot_lost_names_the_channel_and_what_to_do(town: DiscordTestServer) -> None:
    secret = town.server.world.add_channel(town.guild, "secret", overwrites=_closed(town))

    with pytest.raises(TryLater, match=f"<#{secret.id}>.*run /setup again") as later:
        await town.bot.discord.post(DiscordId(secret.id), _card(), nonce=REF)

    assert later.value.paused


def _closed(town: DiscordTestServer) -> dict[int, StandInOverwrite]:
    return {town.guild.id: StandInOverwrite(town.guild.id, 0, 0, VIEW_CHANNEL)}


async def test_what_no_message_can_hold_leaves_nothing_behind(town: DiscordTestServer) -> None:
    with pytest.raises(MessageTooBig, match="4,000"):
        await town.bot.discord.post(DiscordId(town.lobby.id), Post(body=("x" * 4001,), accent=1), nonce=REF)

    assert town.maya.read(town.lobby) == []


async def test_before_the_login_nothing_is_sent(town: DiscordTestServer) -> None:
    direct = DirectRequests(api_url=town.server.api_url, user_agent="test")
    early = DiscordThreads(http=_logged_out(), direct=direct, me=lambda: APPLICATION)

    for attempt in (
        early.post(DiscordId(1), _card(), nonce=REF),
        early.open_thread(DiscordId(1), name="x", card=_card(), tags=[]),
    ):
        with pytest.raises(TryLater, match="not connected"):
            await attempt


async def test_who_does_not_know_yet_who_it_is_finds_nothing_missing(town: DiscordTestServer) -> None:
    forum, lobby = _forum(town), DiscordId(town.lobby.id)
    await _open(town, forum)
    await town.bot.discord.post(lobby, _card(), nonce=REF)
    hold = town.server.faults.hold("GET", "/users/@me$")

    async with make_bot(Desk(), SupervisorReports()) as again:
        login = asyncio.create_task(again.login(TOKEN))
        await hold.reached()
        for look in (
            again.discord.find_post(lobby, REF, since=0),
            again.discord.find_threads(DiscordId(forum.id), REF, since=0),
        ):
            with pytest.raises(TryLater, match="not connected"):
                await look
        hold.release()
        await login

        assert await again.discord.find_post(lobby, REF, since=0) is not None
        assert len(await again.discord.find_threads(DiscordId(forum.id), REF, since=0)) == 1


def _logged_out() -> discord.http.HTTPClient:
    return discord.http.HTTPClient(asyncio.get_running_loop())


async def test_a_private_answer_can_be_changed_by_its_token_alone(town: DiscordTestServer) -> None:
    answer = await town.maya.slash(town.guild, town.lobby, "account show")
    await answer.done()

    await town.bot.discord.answer(answer.interaction.token, Post(body=("Connect @mila?",)))

    await answer.says("Connect @mila?")
    assert answer.ephemeral


async def test_an_answer_of_an_unknown_token_is_gone(town: DiscordTestServer) -> None:
    with pytest.raises(TargetGone, match="15 minutes"):
        await town.bot.discord.answer("no-such-token", Post(body=("late",)))
