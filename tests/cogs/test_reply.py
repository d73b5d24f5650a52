"""A member answers a fan: by command, by button and window, in time or not at all."""

import asyncio
import logging

import pytest

from bot.model.ports import Button, MessageToFan, OpenedThread, Post
from bot.sandbox.discord.model import FORUM, StandInOverwrite
from bot.sandbox.discord.permissions import SEND_IN_THREADS
from storage.records import DiscordId, EffectId, MediaId
from tests.discord.desk import MILA
from tests.discord.discord_test_server import DiscordTestServer, connected, make_bot, overheard
from tests.discord.discord_test_server import town as open_town

REF = "AbCdEfGhIjKlMnOpQr-_12"
PHOTO = "11111111-2222-4333-8444-555555555555"


async def _fan(town: DiscordTestServer) -> OpenedThread:
    """Nora's thread, with a card that has a Reply button."""
    forum = town.server.world.add_channel(town.guild, "fans", FORUM, nsfw=True)
    card = Post(title="Nora", body=("A fan.",), accent=1, buttons=(Button("reply", REF, "Reply"),))
    opened = await town.bot.discord.open_thread(DiscordId(forum.id), name="Nora", card=card, tags=[])
    town.desk.fans.add(opened.thread)
    return opened


async def test_a_reply_goes_out_once_and_the_member_alone_is_told(town: DiscordTestServer) -> None:
    fan = await _fan(town)

    answer = await town.maya.slash(town.guild, fan.thread, "reply", text="Good evening")
    await answer.says("On its way to Nora.")

    assert answer.ephemeral
    assert town.desk.sent == [(fan.thread, MessageToFan(text="Good evening"))]
    assert town.desk.states("reply") == ["accepted"]
    assert answer.followups == []


async def test_a_priced_reply_with_media_is_exact_to_the_cent(town: DiscordTestServer) -> None:
    fan = await _fan(town)

    answer = await town.maya.slash(
        town.guild, fan.thread, "reply", text="For you", price="4.99", media=PHOTO, preview=PHOTO
    )
    await answer.says("On its way")

    photo = MediaId(PHOTO)
    assert town.desk.sent == [(fan.thread, MessageToFan("For you", (photo,), 499, photo))]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"text": "x" * 5001}, "5,001 characters", id="too long"),
        pytest.param({"text": "hi", "price": "2.99", "media": PHOTO}, "lowest price, $3.00", id="too cheap"),
        pytest.param({"text": "hi", "price": "299 cents", "media": PHOTO}, "$2.99 is below", id="in cents"),
        pytest.param({"text": "hi", "price": "a lot"}, "Write dollars", id="not a price"),
        pytest.param({"text": "hi", "price": "5"}, "needs media to buy", id="a price without media"),
        pytest.param({"text": "hi", "media": "beach.jpg"}, "isn't an item of the vault", id="not an id"),
        pytest.param({}, "nothing to send", id="nothing"),
    ],
)
async def test_bad_input_is_answered_at_once_and_nothing_is_kept(
    town: DiscordTestServer, options: dict[str, str], words: str
) -> None:
    fan = await _fan(town)

    answer = await town.maya.slash(town.guild, fan.thread, "reply", **options)
    await answer.says(words)

    assert answer.ephemeral
    assert town.desk.kept == {}
    assert town.desk.sent == []


async def test_outside_a_fans_thread_it_says_where_to_go(town: DiscordTestServer) -> None:
    answer = await town.maya.slash(town.guild, town.lobby, "reply", text="hi")

    await answer.says("open the fan's post in the creator's forum")
    assert town.desk.kept == {}


async def test_who_may_read_but_not_write_may_not_answer(town: DiscordTestServer) -> None:
    fan = await _fan(town)
    forum = town.server.world.channel(town.server.world.channel(fan.thread).parent_id or 0)
    forum.overwrites[town.team.id] = StandInOverwrite(town.team.id, 0, 0, SEND_IN_THREADS)
    (card,) = town.maya.read(fan.thread)

    by_command = await town.maya.slash(town.guild, fan.thread, "reply", text="hi")
    by_button = await town.maya.click(card, "Reply")

    await by_command.says("read here but not answer")
    await by_button.says("read here but not answer")
    assert town.desk.kept == {}


async def test_an_answer_that_discord_did_not_take_cancels_the_reply(town: DiscordTestServer) -> None:
    fan = await _fan(town)
    town.server.faults.lose_answer("POST", "/interactions/.*/callback")

    answer = await town.maya.slash(town.guild, fan.thread, "reply", text="hi")

    # Discord had it, we never heard so: the member reads that nothing was sent, and nothing was.
    await answer.says("so this was not done")
    assert town.desk.states("reply") == ["cancelled"]
    assert town.desk.sent == []


async def test_a_reply_kept_too_slowly_is_not_sent_after_the_member_saw_a_failure() -> None:
    async with open_town() as town:
        town.server.interactions.first_answer = 0.15  # instead of three seconds
        fan = await _fan(town)
        town.desk.slow = asyncio.Event()

        answer = await town.maya.slash(town.guild, fan.thread, "reply", text="hi")
        await answer.until(lambda seen: seen.state == "failed")
        town.desk.slow.set()
        await town.server.world.until(lambda: town.desk.states("reply") == ["cancelled"])

        assert town.desk.sent == []


async def test_the_same_interaction_delivered_twice_is_one_reply(town: DiscordTestServer) -> None:
    fan = await _fan(town)
    heard = overheard(town.bot)

    answer = await town.maya.slash(town.guild, fan.thread, "reply", text="hi")
    await answer.says("On its way")
    town.bot._connection.parse_interaction_create(heard[0])
    await (await town.maya.slash(town.guild, fan.thread, "reply", text="the next")).says("On its way")

    assert [message.text for _, message in town.desk.sent] == ["hi", "the next"]


async def test_a_reply_button_opens_a_window_that_is_sent_like_the_command(town: DiscordTestServer) -> None:
    fan = await _fan(town)
    (card,) = town.maya.read(fan.thread)

    opened = await town.maya.click(card, "Reply")
    await opened.opened()
    answer = await town.maya.submit(opened, {"text": "From the window"})

    await answer.says("On its way to Nora.")
    assert answer.ephemeral
    assert town.desk.sent == [(fan.thread, MessageToFan("From the window"))]


async def test_a_window_that_is_never_sent_is_not_remembered(town: DiscordTestServer) -> None:
    fan = await _fan(town)
    (card,) = town.maya.read(fan.thread)

    for _ in range(3):
        await (await town.maya.click(card, "Reply")).opened()

    assert town.bot._connection._view_store._modals == {}
    assert town.bot._connection._view_store._views == {}


async def test_buttons_and_open_windows_survive_a_restart_of_the_bridge(town: DiscordTestServer) -> None:
    fan = await _fan(town)
    (card,) = town.maya.read(fan.thread)
    opened = await town.maya.click(card, "Reply")
    await opened.opened()
    await town.bot.close()

    town.told.states.clear()
    async with connected(make_bot(town.desk, town.told), town.told):
        sent = await town.maya.submit(opened, {"text": "After the restart"})
        await sent.says("On its way")
        again = await town.maya.click(card, "Reply")
        await again.opened()

    assert town.desk.sent == [(fan.thread, MessageToFan("After the restart"))]


async def _failed_reply(town: DiscordTestServer) -> OpenedThread:
    fan = await _fan(town)
    post = Post(
        body=("It was not sent.",),
        accent=2,
        buttons=(Button("send.again", REF, "Send again"), Button("send.drop", REF, "Discard")),
    )
    await town.bot.discord.post(fan.thread, post, nonce="n" * 22)
    return fan


async def test_two_people_who_press_at_once_settle_it_once(town: DiscordTestServer) -> None:
    fan = await _failed_reply(town)
    town.desk.members[DiscordId(town.olivia.user.id)] = "manager"
    message = town.maya.read(fan.thread)[-1]

    first = await town.maya.click(message, "Send again")
    await first.says("On its way again.")
    second = await town.olivia.click(message, "Discard")
    await second.says("Somebody was faster.")

    assert town.desk.settled == [("again", REF, town.maya.user.id)]
    assert first.ephemeral


async def test_an_alert_leads_to_the_fans_thread_and_says_when_there_is_none(town: DiscordTestServer) -> None:
    fan = await _fan(town)
    alert = Post(
        title="A tip", body=("$5.00 from Nora",), buttons=(Button("chat.open", REF, "Open the chat"),)
    )
    await town.bot.discord.post(DiscordId(town.lobby.id), alert, nonce=REF)
    (message,) = town.maya.read(town.lobby)
    town.desk.waiting[EffectId(REF)] = MILA

    before = await town.maya.click(message, "Open the chat")
    await before.says("no thread on this server yet")
    town.desk.chats[REF, DiscordId(town.guild.id)] = fan.thread
    after = await town.maya.click(message, "Open the chat")

    await after.says(f"<#{fan.thread}>")
    assert after.ephemeral


async def test_a_button_of_another_version_says_that_it_is_out_of_use(town: DiscordTestServer) -> None:
    post = Post(body=("Old.",), buttons=(Button("claim.take", REF, "Claim"),))
    await town.bot.discord.post(DiscordId(town.lobby.id), post, nonce=REF)
    (message,) = town.maya.read(town.lobby)

    answer = await town.maya.click(message, "Claim")

    await answer.says("no longer in use")


async def test_an_answer_that_cannot_be_shown_changes_nothing_about_the_reply(
    town: DiscordTestServer, caplog: pytest.LogCaptureFixture
) -> None:
    fan = await _fan(town)
    town.server.faults.fail("PATCH", "/webhooks/.*/@original", 503, times=2)

    await town.maya.slash(town.guild, fan.thread, "reply", text="hi")
    await town.server.world.until(lambda: town.server.ledger.count("fault") == 2)
    await (await town.maya.slash(town.guild, fan.thread, "reply", text="the next")).says("On its way")

    assert [message.text for _, message in town.desk.sent] == ["hi", "the next"]
    assert "could not be shown" in caplog.text


async def test_a_fault_inside_is_answered_in_words_and_logged_without_the_text(
    town: DiscordTestServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    fan = await _fan(town)
    (card,) = town.maya.read(fan.thread)
    town.desk.broken = True

    by_command = await town.maya.slash(town.guild, fan.thread, "reply", text="a private word")
    await by_command.says("Something went wrong in the bridge; the details are in its log")
    opened = await town.maya.click(card, "Reply")
    await opened.opened()
    by_window = await town.maya.submit(opened, {"text": "a private word"})
    await by_window.says("Something went wrong in the bridge; the details are in its log")

    assert caplog.text.count("RuntimeError") >= 2
    assert "a private word" not in caplog.text


async def test_a_database_that_is_away_at_once_has_done_nothing_and_one_lost_later_leaves_us_unsure(
    town: DiscordTestServer,
) -> None:
    fan = await _fan(town)

    town.desk.away = "stage"
    at_once = await town.maya.slash(town.guild, fan.thread, "reply", text="hi")
    await at_once.says("so this was not done")
    town.desk.away = "accept"  # what came before it is stored
    on_the_way = await town.maya.slash(town.guild, fan.thread, "reply", text="hi")

    await on_the_way.says("we don't know if all of this was done")
