"""A fan's first thread begins with what was said before: once, and as no work."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.sandbox.discord import forum
from bot.sandbox.fanvue.faults import Kind
from bot.sandbox.fanvue.people import StandInFan
from bot.sandbox.fanvue.records import MediaId
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge, housed, labels, plain
from tests.proofs.faults.questions import press_until

pytestmark = pytest.mark.asyncio(loop_scope="module")

BEFORE = "From before the bridge"
NAMES = ("Ada", "Bea", "Cleo", "Dora", "Elsa", "Faye", "Gina", "Hera", "Iris", "Jana", "Kira", "Lena")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, virtual_time: None) -> AsyncIterator[LiveBridge]:
    """Fans and the creator have written to each other for a while; now she connects her account."""
    async with housed(tmp_path_factory.mktemp("history"), open_house=False) as made:
        made.stage.fanvue.faults.webhooks.off = True
        for name in NAMES:
            await talked(made, made.fan(name))
        made.stage.fanvue.faults.webhooks.off = False
        [heard] = await made.told(made.fan("Mona").write("just before the link"))
        assert await made.post(heard) == 200
        await made.stored(lambda: made.rows("SELECT 1 FROM inbox WHERE state = 'orphan'"))
        await made.play.open_house()
        await made.stored(lambda: made.rows("SELECT 1 FROM watermarks"))
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []
        assert made.stage.discord.ledger.of("mentions_allowed") == []


async def talked(house: LiveBridge, fan: StandInFan) -> None:
    """Twelve messages from before, an offer that was bought among them."""
    world, media = house.stage.fanvue.world, MediaId(house.stage.media[0])
    for number in range(5):
        await fan.write(f"old {number} of {fan.display_name}")
        world.write_as_creator(fan, f"answer {number}")
    world.write_as_creator(fan, "my beach", [media], 900)
    await fan.buy(fan.inbox()[-1].uuid)
    world.automated(fan, "AUTOMATED_RENEWED", "thanks for staying")


def fan_of(house: LiveBridge, name: str) -> StandInFan:
    return next(fan for fan in house.stage.fans.values() if fan.display_name == name)


def histories(house: LiveBridge, fan: StandInFan) -> list[str]:
    return house.with_words(fan, BEFORE)


async def greeted(house: LiveBridge, name: str) -> StandInFan:
    """The fan writes to the bridge for the first time, and their thread has it."""
    fan = fan_of(house, name)
    await house.greeted(fan, f"new of {name}")
    return fan


async def test_it_stands_under_the_card_and_says_who_when_and_what_became_of_offers(
    house: LiveBridge,
) -> None:
    fan = await greeted(house, "Ada")

    first, *others = house.lines(fan)

    assert BEFORE in first
    assert "Earlier messages from Fanvue, for context only" in first
    assert [word in first for word in ("old 0 of Ada", "old 1 of Ada", "old 4 of Ada")] == [False, True, True]
    assert first.index("old 4 of Ada") < first.index("answer 4") < first.index("my beach")
    assert "On Fanvue" in first
    assert "An automation on Fanvue" in first
    assert "a picture or video (covered) · $9.00, bought" in first
    assert ["new of Ada" in line for line in others] == [True]


async def test_it_is_no_work_and_is_not_told_again_by_any_sweep(house: LiveBridge) -> None:
    fan = await greeted(house, "Bea")
    shown = house.lines(fan)
    rows = "SELECT waiting_since FROM talks WHERE fan_uuid = ?"
    waits = house.rows(rows, fan.uuid)[0]["waiting_since"]

    before = house.rows("SELECT swept_at FROM watermarks")[0]["swept_at"] or 0
    await house.restart()
    await house.stored(lambda: (house.rows("SELECT swept_at FROM watermarks")[0]["swept_at"] or 0) > before)
    await fan.write("and more")
    await house.shows(fan, "and more")

    assert [line for line in house.lines(fan) if "and more" not in line] == shown
    assert waits == house.rows("SELECT sent_at FROM messages WHERE fan_uuid = ?", fan.uuid)[0]["sent_at"]
    assert len(house.rows("SELECT 1 FROM messages WHERE fan_uuid = ?", fan.uuid)) == 2
    assert not fan.bond.messages[0].read


async def test_what_got_lost_after_the_link_is_a_line_of_its_own_and_never_history(house: LiveBridge) -> None:
    fan = fan_of(house, "Lena")
    house.stage.fanvue.faults.webhooks.off = True
    await fan.write("lost on the way")
    house.stage.fanvue.faults.webhooks.off = False
    await greeted(house, "Lena")
    first = histories(house, fan)

    await house.restart()
    await house.shows(fan, "lost on the way")

    assert ["old 4 of Lena" in line for line in first] == [True]
    assert ["lost on the way" in line for line in first] == [False]
    assert len(house.with_words(fan, "lost on the way")) == 1
    assert histories(house, fan) == first


async def test_what_was_heard_before_the_link_is_a_line_and_no_history(house: LiveBridge) -> None:
    fan = fan_of(house, "Mona")
    await house.shows(fan, "just before the link")
    await house.greeted(fan, "and after it")

    assert histories(house, fan) == []
    assert len(house.with_words(fan, "just before the link")) == 1


async def test_a_chat_without_a_past_begins_with_its_first_line(house: LiveBridge) -> None:
    fan = house.fan("Nora")
    await house.greeted(fan, "I am new")

    assert ["I am new" in line for line in house.lines(fan)] == [True]


async def test_a_new_thread_in_the_place_of_a_deleted_one_has_no_history(house: LiveBridge) -> None:
    fan = await greeted(house, "Cleo")
    assert len(histories(house, fan)) == 1

    thread = house.threads(fan)[0]
    forum.delete(house.stage.discord.world, thread, house.stage.owner.user.id)
    await fan.write("where are you")
    await house.shows(fan, "where are you")

    assert histories(house, fan) == []


@pytest.mark.parametrize(("name", "fault"), [("Dora", "error_before"), ("Kira", "too_many")])
async def test_where_fanvue_cannot_be_read_the_thread_says_so_and_has_it_once_later(
    house: LiveBridge, name: str, fault: Kind
) -> None:
    fan = fan_of(house, name)
    faults = house.stage.fanvue.faults
    faults.add(fault, "GET", f"/chats/{fan.uuid}/messages$", count=None, status=503)
    await fan.write(f"new of {name}")
    await house.shows(fan, f"new of {name}")
    said = house.lines(fan)[0]
    faults.clear()
    await house.until(lambda: f"old 4 of {name}" in house.lines(fan)[0])

    assert "They will appear here when Fanvue has room" in said
    assert len(histories(house, fan)) == 1
    assert "They will appear here when Fanvue has room" not in house.lines(fan)[0]


async def test_reading_it_tells_what_was_sold_before(house: LiveBridge) -> None:
    fan = await greeted(house, "Elsa")

    media = house.stage.media[0]
    asked = await house.reply(house.threads(fan)[0], text="the beach again", media=media, price="12")

    assert "The item: bought" in asked.text
    assert asked.message is not None
    assert "Send" in labels(asked.message)


async def test_a_reply_is_not_asked_about_what_is_history(house: LiveBridge) -> None:
    fan = await greeted(house, "Faye")

    said = await house.reply(house.threads(fan)[0], text="hi Faye")

    assert "On its way to Faye" in said.text


async def test_it_goes_when_the_fan_is_forgotten_and_does_not_come_back(house: LiveBridge) -> None:
    fan = await greeted(house, "Gina")
    thread = house.threads(fan)[0]
    asked = await (await house.stage.owner.slash(house.stage.guild, thread, "settings privacy forget")).done(
        PATIENCE
    )
    await press_until(house.stage.owner, asked, "Yes, do it", "is forgotten")
    await house.until(lambda: house.threads(fan) == [])

    await fan.write("it is me again")
    await house.shows(fan, "it is me again")

    assert histories(house, fan) == []
    assert house.rows("SELECT 1 FROM outbox WHERE fan_uuid = ? AND part = 'history'", fan.uuid) == []
    assert "old" not in "".join(plain(m) for t in house.threads(fan) for m in house.messages(t))


async def choose(house: LiveBridge, mode: str) -> None:
    """The owner chooses how texts are shown."""
    stage = house.stage
    asked = await stage.owner.slash(stage.guild, stage.lobby, "settings privacy mode", mode=mode)
    await asked.done(PATIENCE)
    answer = await stage.owner.click(asked.message, "Yes, do it")
    await answer.until(lambda now: "From now on" in now.text, PATIENCE)


async def test_where_texts_are_kept_off_discord_so_are_these_also_when_they_come_later(
    house: LiveBridge,
) -> None:
    await choose(house, "private")
    fan = fan_of(house, "Hera")
    faults = house.stage.fanvue.faults
    faults.add("error_before", "GET", f"/chats/{fan.uuid}/messages$", count=None, status=503)
    await fan.write("new of Hera")
    await house.shows(fan, "They will appear here when Fanvue has room")
    faults.clear()
    thread = await house.shows(fan, "10 earlier messages, kept off Discord")

    line = next(m for m in house.messages(thread) if BEFORE in plain(m))
    opened = await (await house.stage.members["mara"].click(line, "Show")).done(PATIENCE)

    assert house.with_words(fan, "old 4 of Hera") == []
    assert opened.ephemeral
    assert "old 4 of Hera" in opened.text
    await choose(house, "full")


async def test_the_setting_says_how_many_and_nought_is_none(house: LiveBridge) -> None:
    await house.restart(HISTORY_LINES="2")
    few = await greeted(house, "Iris")
    shown = histories(house, few)
    await house.restart(HISTORY_LINES="0")
    none = await greeted(house, "Jana")

    assert ["my beach" in line for line in shown] == [True]
    assert "answer 4" not in shown[0]
    assert histories(house, none) == []
