"""Rows D1, D2, D4, D5, D7, D8: the team's server when it does as it likes."""

import asyncio
import json
import sqlite3
import time
from contextlib import closing

import pytest

from bot.sandbox.discord import channels, forum
from bot.sandbox.discord.interactions import FIRST_ANSWER_SECONDS
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.discord.permissions import ADMINISTRATOR, SEND_IN_THREADS, SEND_MESSAGES
from bot.sandbox.program import until
from tests.proofs.faults.channel_fixtures import asked, outbox, the_forum
from tests.proofs.faults.live_bridge import PATIENCE, SPEED, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")

POSTS = r"^/channels/\d+/messages$"
OPENS = r"^/channels/\d+/threads$"
CALLBACK = r"/interactions/\d+/[^/]+/callback$"

UNHEARD = 5.0
"""Seconds between the deed and its answer: long enough to die in between."""


# ── D1: a message ──


@pytest.mark.fault("D1")
@pytest.mark.parametrize("how", ["lose_answer", "fail", "late"])
async def test_a_message_whose_answer_got_lost_is_there_once(house: LiveBridge, how: str) -> None:
    fan, faults = house.fan("Dora"), house.stage.discord.faults
    await house.greeted(fan)
    match how:
        case "lose_answer":
            faults.lose_answer("POST", POSTS, times=2)
        case "fail":
            faults.fail("POST", POSTS, status=502, times=2, before=False)
        case _:
            faults.late("POST", POSTS, seconds=0.5)

    await fan.write("exactly once")
    await house.shows(fan, "exactly once")
    await fan.write("the next one")
    await house.shows(fan, "the next one")
    await house.stored(lambda: all(row["state"] == "done" for row in outbox(house, fan, "post")))

    assert [len(house.with_words(fan, words)) for words in ("exactly once", "the next one")] == [1, 1]


# ── D2: a thread ──


@pytest.mark.fault("D2")
@pytest.mark.parametrize("how", ["lose_answer", "fail", "late"])
async def test_a_thread_whose_creation_is_unknown_is_adopted_and_not_made_twice(
    house: LiveBridge, how: str
) -> None:
    fan, faults = house.fan("Dora"), house.stage.discord.faults
    match how:
        case "lose_answer":
            faults.lose_answer("POST", OPENS)
        case "fail":
            faults.fail("POST", OPENS, status=502, before=False)
        case _:
            faults.late("POST", OPENS, seconds=20 / SPEED)

    await fan.write("is this my thread")
    await house.shows(fan, "is this my thread")

    (thread,) = house.threads(fan)
    rows = house.rows("SELECT generation, thread_id, state FROM threads WHERE fan_uuid = ?", fan.uuid)
    assert rows == [{"generation": 1, "thread_id": thread.id, "state": "open"}]


@pytest.mark.fault("D2")
async def test_killed_while_a_thread_was_being_made_there_is_one_thread(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    house.stage.discord.faults.delay("POST", OPENS, seconds=UNHEARD)
    await fan.write("born in the dark")
    await house.until(lambda: len(house.threads(fan)) == 1)
    await house.stage.bridge.kill()
    await house.stage.bridge.start()
    await house.shows(fan, "born in the dark")

    assert len(house.threads(fan)) == 1
    assert len(house.with_words(fan, "born in the dark")) == 1


@pytest.mark.fault("D2")
async def test_two_first_messages_at_once_and_a_namesake_make_one_thread_each(house: LiveBridge) -> None:
    first, namesake = house.fan("Dora"), house.fan("Dora")
    house.stage.discord.faults.lose_answer("POST", OPENS, times=2)

    await asyncio.gather(first.write("one"), first.write("two"), namesake.write("three"))
    await asyncio.gather(house.shows(first, "one"), house.shows(first, "two"), house.shows(namesake, "three"))

    assert [len(house.threads(fan)) for fan in (first, namesake)] == [1, 1]
    assert (len(house.lines(first)), len(house.lines(namesake))) == (2, 1)


# ── D4: a thread that is gone ──


@pytest.mark.fault("D4")
async def test_a_deleted_thread_is_followed_by_another_of_the_next_generation(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    old = await house.greeted(fan)
    forum.delete(house.stage.discord.world, old, house.stage.owner.user.id)

    await fan.write("where did you go")
    new = await house.shows(fan, "where did you go")
    await house.reply(new, text="here")
    await house.shows(fan, "✓ Sent")

    assert new.id != old.id
    assert "continues an earlier one" in house.messages(new)[0].text
    rows = house.rows(
        "SELECT generation, state, thread_id FROM threads WHERE fan_uuid = ? ORDER BY generation", fan.uuid
    )
    assert [(row["generation"], row["state"]) for row in rows] == [(1, "gone"), (2, "open")]
    assert rows[1]["thread_id"] == new.id
    assert [message.text for message in fan.inbox()] == ["here"]


# ── D5: rights that are gone ──


def forbid(house: LiveBridge, place: StandInChannel, *, deny: int) -> None:
    """The owner takes rights in a place from the bot, or gives them back."""
    bot = next(a.user.id for a in house.stage.discord.world.applications.values())
    body = {"type": 1, "allow": "0", "deny": str(deny)}
    owner = house.stage.owner.user.id
    if deny:
        channels.set_overwrite(house.stage.discord.world, place, owner, bot, body)
    else:
        channels.drop_overwrite(house.stage.discord.world, place, owner, bot)


@pytest.mark.fault("D5")
async def test_without_its_rights_the_bot_waits_quietly_and_goes_on_when_it_has_them_back(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.answered(fan)  # what joined the post above would need no right
    place = the_forum(house)
    before = place.overwrites.copy()
    forbid(house, place, deny=SEND_IN_THREADS | SEND_MESSAGES)
    tries = asked(house, f"/{thread.id}/messages")

    for number in range(5):
        await fan.write(f"line {number}")
    await house.stored(
        lambda: len(outbox(house, fan, "post")) == 6 and outbox(house, fan, "post")[1]["attention"]
    )
    waiting = [row for row in outbox(house, fan, "post") if row["state"] != "done"]
    assert (len(waiting), asked(house, f"/{thread.id}/messages")) == (5, tries + 1)  # no storm

    owner = await house.owner_told(1)
    status = await house.status()

    place.overwrites = before
    channels.changed(house.stage.discord.world, place, house.stage.owner.user.id)
    await house.shows(fan, "line 4")
    await house.stored(lambda: outbox(house, fan, "post")[1]["state"] == "done")

    # Told by Discord, not found out by waiting.
    assert int(str(outbox(house, fan, "post")[1]["settled_at"])) < int(str(waiting[0]["not_before"]))
    assert [line.split("\n")[0] for line in house.lines(fan)[2:]] == [f"line {number}" for number in range(5)]
    assert all(row["attention"] is None for row in outbox(house, fan, "post"))
    assert "your team's server is blocking the bot" in owner[0]
    assert not any("line " in text for text in owner)
    assert "🔴 This server: paused since" in status
    assert "🔴 1 waiting for your attention" in status
    await house.stored(lambda: house.rows("SELECT 1 FROM paused_targets WHERE ended IS NOT NULL"))
    assert "🔴" not in await house.status()


@pytest.mark.fault("D5")
async def test_whose_bot_is_kicked_is_told_nothing_twice_and_the_queue_is_kept_until_it_is_back(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    world, guild = house.stage.discord.world, house.stage.guild
    (application,) = world.applications.values()
    member = guild.members[application.user.id]
    world.remove_member(guild, application.user)

    await fan.write("while it was away")
    paused = await house.stored(lambda: house.rows("SELECT reason FROM paused_targets WHERE ended IS NULL"))
    kinds = ("post", "post.join")  # it belongs to the post above, which cannot be touched either
    await house.stored(lambda: [r for kind in kinds for r in outbox(house, fan, kind) if r["attention"]])
    told = len(house.private_messages())
    ready = json.loads((await house.admin("readyz"))[1])
    world.invite_bot(guild, application, ADMINISTRATOR)
    guild.members[application.user.id].roles = member.roles
    await house.shows(fan, "while it was away")

    assert len(paused) == 1
    assert ready["status"] == "degraded"
    assert "1 creator(s)" in ready["checks"]["servers"]
    assert told <= 1  # once in a day, whatever happens; and Discord lets it only where both are on a server
    assert house.threads(fan) == [thread]


# ── D7: an answer that Discord did not take ──


@pytest.mark.fault("D7")
async def test_a_command_that_was_kept_too_slowly_is_not_sent(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    with closing(sqlite3.connect(house.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        house.stage.discord.interactions.first_answer = FIRST_ANSWER_SECONDS
        answer = await house.stage.members["mara"].slash(house.stage.guild, thread, "reply", text="too late")
        await answer.until(lambda now: now.state == "failed")
        house.stage.discord.interactions.first_answer = PATIENCE
        other.execute("ROLLBACK")
    await house.stored(lambda: house.rows("SELECT id FROM commands WHERE state = 'cancelled'"))
    await house.reply(thread, text="in time")
    await house.shows(fan, "✓ Sent")

    assert [message.text for message in fan.inbox()] == ["in time"]


@pytest.mark.fault("D7")
async def test_killed_between_the_answer_and_the_acceptance_the_member_is_told_it_was_not_sent(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    house.stage.discord.faults.delay("POST", CALLBACK, seconds=UNHEARD)
    answer = await house.stage.members["mara"].slash(house.stage.guild, thread, "reply", text="never")
    await answer.until(lambda now: now.state == "thinking")
    await house.stage.bridge.kill()
    await house.stage.bridge.start()

    await answer.says("Not sent, and your text is kept")

    assert (house.sends(fan), fan.inbox()) == ([], [])


# ── D8: Discord says wait, or goes away ──


@pytest.mark.fault("D8")
async def test_a_global_429_delays_and_loses_nothing(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.answered(fan)  # the next one is a post, no edit of the one above
    there = rf"^/channels/{thread.id}/messages$"
    house.stage.discord.faults.rate_limit("POST", there, retry_after=1, everywhere=True)

    begun = time.monotonic()
    await fan.write("when you are ready")
    await house.shows(fan, "when you are ready")

    assert time.monotonic() - begun >= 1
    assert len(house.with_words(fan, "when you are ready")) == 1


@pytest.mark.fault("D8")
async def test_a_ban_without_discords_own_headers_stops_the_knocking_for_a_long_while(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.answered(fan)  # the next one is a post, no edit of the one above
    house.stage.discord.faults.rate_limit("POST", rf"^/channels/{thread.id}/messages$", 1, times=5, via=False)
    tries = asked(house, f"/{thread.id}/messages")

    await fan.write("behind the wall")
    waiting = await house.stored(
        lambda: [r for r in outbox(house, fan, "post") if "asks us to wait" in str(r["reason"])]
    )

    (row,) = waiting
    assert row["state"] == "pending"
    assert int(str(row["not_before"])) / 1000 - time.time() > 600  # seconds of the clock, not of the story
    assert asked(house, f"/{thread.id}/messages") == tries + 1
    other = house.fan("Dora")
    await other.write("nobody knocks for me either")
    said = await until(
        lambda: house.unready("Discord has blocked this machine's address for a while"), PATIENCE
    )
    await house.stored(lambda: outbox(house, other, "thread.open"))
    assert "what is waiting is kept" in said
    assert (house.threads(other), len(outbox(house, other, "post"))) == ([], 1)
    await house.stage.bridge.kill()
    with closing(sqlite3.connect(house.database)) as later, later:
        later.execute("UPDATE outbox SET not_before = 0 WHERE state = 'pending'")  # the 15 minutes are over
    house.stage.discord.faults.clear()
    await house.stage.bridge.start()
    await asyncio.gather(house.shows(fan, "behind the wall"), house.shows(other, "nobody knocks"))


@pytest.mark.fault("D8")
async def test_a_bot_token_that_ends_makes_it_unready_while_webhooks_are_kept(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    await house.greeted(fan)
    (application,) = house.stage.discord.world.applications.values()
    good, application.token = application.token, "another.token"
    house.stage.discord.faults.drop_gateway(4004)
    try:
        said = await until(lambda: house.unready("token"), PATIENCE)
        (raw,) = await house.told(fan.write("kept for the morning"))
        assert await house.post(raw) == 200
    finally:
        application.token = good

    assert "token" in said
    assert house.runs
    assert house.stage.discord.ledger.count("gateway_identified") < 200
    await house.restart()
    await house.shows(fan, "kept for the morning")
