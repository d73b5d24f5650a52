"""The whole program: a card and its tags follow what happens, and cost little."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.program import until
from tests.house_fixtures import own_house
from tests.proofs.faults.channel_fixtures import the_forum
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, labels, plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


# A claim lasts long enough for a busy machine: half a minute.
house = own_house(silent=True, restarted={"CLAIM_SECONDS": "600"})


def card(house: LiveBridge, thread: StandInChannel) -> str:
    """What the first message of a thread says."""
    return plain(house.messages(thread)[0])


def tags(house: LiveBridge, thread: StandInChannel) -> list[str]:
    """The names of a thread's tags."""
    names = {tag.id: tag.name for tag in the_forum(house).tags}
    assert thread.thread is not None
    return [names[tag] for tag in thread.thread.applied_tags]


def standing(house: LiveBridge, thread: StandInChannel) -> list[str]:
    """The tags, without that of a subscription: when a sweep first tells of one is chance."""
    return [name for name in tags(house, thread) if name not in {"new", "subscriber", "expired"}]


def patches(house: LiveBridge, thread: StandInChannel, since: int) -> list[str]:
    """The changes of this thread and of its card that Discord took since then."""
    own = (f"/channels/{thread.id}", f"/channels/{thread.id}/messages/{thread.id}")
    asked = house.stage.discord.ledger.of("request", since=since, method="PATCH")
    return [entry.data["path"] for entry in asked if entry.data["path"].endswith(own)]


async def shown(house: LiveBridge, fan: StandInFan, true: Callable[[], bool]) -> None:
    """Return once Discord looks like this and nothing is left to do for this fan's card."""
    await house.until(true)
    open_cards = "SELECT id FROM outbox WHERE fan_uuid = ? AND kind = 'card.show' AND settled_at IS NULL"
    await house.stored(lambda: not house.rows(open_cards, fan.uuid))


def cards_wanted(house: LiveBridge, fan: StandInFan) -> int:
    """How often this fan's card was to be shown anew."""
    return len(house.rows("SELECT id FROM outbox WHERE fan_uuid = ? AND kind = 'card.show'", fan.uuid))


async def test_a_card_and_its_tags_follow_a_fan_who_waits_and_is_answered(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    await shown(house, fan, lambda: standing(house, thread) == ["waiting"])
    await shown(house, fan, lambda: "Waiting for an answer, wrote" in card(house, thread))
    waiting = card(house, thread)

    await house.reply(thread, text="hi Ada")
    await shown(house, fan, lambda: "answered" in standing(house, thread))
    await shown(house, fan, lambda: "is answering" in card(house, thread))
    mara = house.stage.members["mara"].user.id

    assert "Waiting for an answer, wrote <t:" in waiting
    assert "Waiting for an answer, wrote" not in card(house, thread)
    assert "by the team" in card(house, thread)
    assert f"<@{mara}> is answering" in card(house, thread)


async def test_a_subscription_is_on_the_card_and_among_the_tags_and_so_is_its_end(house: LiveBridge) -> None:
    fan = house.fan("Bea", subscribed=False)
    thread = await house.greeted(fan)

    await fan.subscribe()
    await shown(house, fan, lambda: tags(house, thread) == ["waiting", "new"])
    subscribed = card(house, thread)
    await fan.lapse()
    await shown(house, fan, lambda: tags(house, thread) == ["waiting", "expired"])

    assert "Subscriber since <t:" in subscribed
    assert "Subscription ended <t:" in card(house, thread)
    assert thread.name.startswith("Bea @")


async def test_many_messages_in_a_row_change_the_card_once(house: LiveBridge) -> None:
    fan = house.fan("Cleo", subscribed=False)
    thread = await house.greeted(fan)
    await fan.subscribe()
    await shown(house, fan, lambda: tags(house, thread) == ["waiting", "new"])
    since = len(house.stage.discord.ledger)

    for number in range(12):
        await fan.write(f"line {number}")
    await house.shows(fan, "line 11")
    await house.reply(thread, text="so much to read")
    await shown(house, fan, lambda: "answered" in standing(house, thread))

    # The tags and the card, once each for what the reply changed, and once more if it took its time.
    assert len(patches(house, thread, since)) <= 4


async def test_an_archived_thread_is_not_woken_for_its_tags_and_is_right_when_the_fan_writes(
    house: LiveBridge,
) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)
    await house.reply(thread, text="hi Dora")
    await shown(house, fan, lambda: "answered" in standing(house, thread))
    state, before = thread.thread, card(house, thread)
    assert state is not None
    state.archived, wanted = True, cards_wanted(house, fan)

    await fan.lapse()
    await house.stored(lambda: cards_wanted(house, fan) > wanted)
    await shown(house, fan, lambda: True)
    asleep = (state.archived, standing(house, thread), card(house, thread))
    await fan.write("are you there?")
    await shown(house, fan, lambda: tags(house, thread)[0] == "waiting")

    assert asleep == (True, ["answered", "claimed"], before)
    assert not state.archived
    assert "expired" in tags(house, thread)
    assert "Subscription ended" in card(house, thread)


async def test_a_reply_that_waits_for_a_person_is_tagged_until_it_is_settled(house: LiveBridge) -> None:
    fan = house.fan("Eve")
    thread = await house.greeted(fan)
    fan.block()
    await house.reply(thread, text="hi Eve")
    await shown(house, fan, lambda: tags(house, thread)[:1] == ["attention"])

    fan.unblock()
    await house.click(thread, "Discard")
    await shown(house, fan, lambda: "attention" not in tags(house, thread))

    assert "waiting" in tags(house, thread)


async def test_a_tag_that_was_deleted_from_the_forum_is_left_out_said_in_status_and_made_again(
    house: LiveBridge,
) -> None:
    fan, forum, stage = house.fan("Hana"), the_forum(house), house.stage
    waiting = next(tag for tag in forum.tags if tag.name == "waiting")
    forum.tags.remove(waiting)

    thread = await house.greeted(fan)
    await shown(house, fan, lambda: "Waiting for an answer, wrote" in card(house, thread))
    untagged, said = standing(house, thread), await house.status()
    admin = await stage.owner.slash(stage.guild, stage.lobby, "setup")
    await admin.done(PATIENCE)
    await house.reply(thread, text="hi Hana")
    await shown(house, fan, lambda: "answered" in standing(house, thread))
    await fan.write("and again")
    await shown(house, fan, lambda: "waiting" in tags(house, thread))

    async def says_so_no_more() -> bool:
        return "Tags: the forum lacks one" not in await house.status()

    assert untagged == []
    assert "Tags: the forum lacks one" in said
    assert await until(says_so_no_more, PATIENCE)  # the bridge learns it a moment after the tag is there


async def test_a_note_of_the_team_is_counted_on_the_card_and_not_read_there(house: LiveBridge) -> None:
    fan, stage = house.fan("Ines"), house.stage
    thread = await house.greeted(fan)
    await shown(house, fan, lambda: "Waiting for an answer, wrote" in card(house, thread))

    answer = await stage.members["mara"].slash(stage.guild, thread, "fan note add", text="likes cats")
    await answer.done(PATIENCE)
    await shown(house, fan, lambda: "📝 1 note" in card(house, thread))

    assert "likes cats" not in card(house, thread)


async def test_a_card_of_an_earlier_version_stays_until_something_happens_and_its_buttons_work(
    house: LiveBridge,
) -> None:
    fan, mara = house.fan("Jill", subscribed=False), house.stage.members["mara"]
    thread = await house.greeted(fan)
    await fan.subscribe()  # told at once: a sweep would find it later, and have it shown
    await house.stored(lambda: house.rows("SELECT 1 FROM subscribers WHERE fan_uuid = ?", fan.uuid))
    await shown(house, fan, lambda: "Waiting for an answer, wrote" in card(house, thread))
    message = house.messages(thread)[0]
    message.components = earlier(message.components)
    screen = replace(message)
    await house.stage.bridge.stop()
    with closing(sqlite3.connect(house.database)) as database, database:
        database.execute("UPDATE cards SET shows = 'something else' WHERE fan_uuid = ?", (fan.uuid,))
    since = len(house.stage.discord.ledger)

    await house.stage.bridge.start()
    await house.greeted(house.fan("Kit"))
    untouched = patches(house, thread, since)
    figures = await (await mara.click(screen, "Figures")).done(PATIENCE)
    await house.reply(thread, text="hi Jill")
    await shown(house, fan, lambda: "by the team" in card(house, thread))

    assert "About Jill" in figures.text
    assert untouched == []
    assert labels(house.messages(thread)[0]) == ["Reply", "Templates", "More"]


def earlier(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The card with a button that earlier versions had where More is now."""
    text = json.dumps(components).replace("v1:card.more:", "v1:card.figures:").replace('"More"', '"Figures"')
    found: list[dict[str, Any]] = json.loads(text)
    return found


async def test_what_discord_carries_out_late_does_not_stay_on_the_card(house: LiveBridge) -> None:
    fan = house.fan("Gil", subscribed=False)
    thread = await house.greeted(fan)
    await shown(house, fan, lambda: standing(house, thread) == ["waiting"])
    late = house.stage.discord.faults.late_until("PATCH", f"/messages/{thread.id}$")
    await fan.subscribe()
    await late.reached(PATIENCE)
    await shown(house, fan, lambda: "Subscriber since" in card(house, thread))
    await fan.lapse()
    await shown(house, fan, lambda: "Subscription ended" in card(house, thread))

    late.release()
    await house.until(lambda: "Subscriber since" in card(house, thread))

    await house.until(lambda: "Subscription ended" in card(house, thread))
