"""What no webhook told is found once; what cannot be read hides nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model.errors import TargetGone, TryLater
from bot.model.events import Person
from bot.relay.inbound_events import CANNOT_SHOW
from bot.relay.sweep_ports import UnreadableSweepRow
from storage.people import creators
from storage.records import FanId, LinkState
from tests.relay.relay_scenario import CREATOR, EMMA, NOAH
from tests.relay.sweep_scenario import MINUTE, SweepScenario, sweeping


@pytest.fixture(params=["windows", "batches"])
async def swept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SweepScenario]:
    async with sweeping(tmp_path) as world:
        world.lists.batches = request.param == "batches"
        yield world


def spaced(world: SweepScenario, text: str, fan: Person = EMMA, *, by_creator: bool = False) -> None:
    """Somebody writes, a second after the last one."""
    world.clock.at += 1000
    world.fanvue.write(CREATOR, fan.id, text, by_creator=by_creator)


async def test_messages_that_no_webhook_told_are_in_their_threads_within_the_next_sweep(
    swept: SweepScenario,
) -> None:
    for number in range(3):
        spaced(swept, f"emma {number}")
        spaced(swept, f"noah {number}", NOAH)

    await swept.pass_time(swept.waits.sweep)

    assert await swept.lines() == ["emma 0", "emma 1", "emma 2"]
    assert await swept.lines(NOAH) == ["noah 0", "noah 1", "noah 2"]


async def test_a_webhook_that_comes_after_the_sweep_is_a_repeat(swept: SweepScenario) -> None:
    event = swept.wrote("hello")
    await swept.sweep()

    assert not await swept.happen(event)
    assert await swept.lines() == ["hello"]


async def test_a_sweep_after_the_webhook_finds_nothing_and_counts_no_repeat(swept: SweepScenario) -> None:
    await swept.happen(swept.wrote("hello"))
    await swept.sweep()
    await swept.sweep()

    rows = await swept.database.read(lambda tx: tx.all("SELECT source, dup_count FROM inbox"))
    assert [dict(row) for row in rows] == [{"source": "webhook", "dup_count": 0}]
    assert await swept.lines() == ["hello"]


async def test_a_chat_is_read_on_until_a_whole_page_is_known(swept: SweepScenario) -> None:
    swept.lists.size = 5
    for number in range(30):  # the first ones are lost, of the others every third is told live
        event = swept.wrote(f"line {number}")
        if number >= 15 and number % 3 == 0:
            await swept.keep(event)
        swept.clock.at += 1000

    await swept.sweep()

    assert sorted(await swept.lines()) == sorted(f"line {number}" for number in range(30))


async def test_what_was_written_before_the_first_link_stays_on_fanvue(tmp_path: Path) -> None:
    async with sweeping(tmp_path) as world:
        floor = world.clock.at
        world.clock.at = floor - 3 * MINUTE
        world.fanvue.write(CREATOR, EMMA.id, "long ago")
        world.clock.at = floor
        spaced(world, "from now on")
        await world.sweep()

        assert await world.lines() == ["from now on"]


async def test_nothing_is_lost_when_the_list_shifts_between_two_pages(swept: SweepScenario) -> None:
    swept.lists.size = 2
    fans = [Person(FanId(f"fan-{number}"), f"fan{number}", f"Fan {number}") for number in range(8)]
    swept.lists.people |= {fan.id: fan for fan in fans}
    for fan in fans:
        spaced(swept, f"first of {fan.handle}", fan)
    written = iter(fans)

    def shift() -> None:
        fan = next(written, None)
        if fan is not None:
            spaced(swept, f"second of {fan.handle}", fan)

    swept.lists.between_pages = shift
    await swept.sweep()
    swept.lists.between_pages = lambda: None
    await swept.pass_time(swept.waits.sweep)

    for fan in fans:
        shown = await swept.lines(fan)
        assert shown[0] == f"first of {fan.handle}"
        assert len(shown) == len(set(shown)) == len(swept.fanvue.chat(CREATOR, fan.id))


async def test_a_row_that_cannot_be_read_costs_itself_and_nothing_else(swept: SweepScenario) -> None:
    for number in range(5):
        spaced(swept, f"good {number}")
    swept.lists.spoiled[EMMA.id] = [UnreadableSweepRow("sha256:1234", "no uuid")]
    spaced(swept, "of Noah", NOAH)

    await swept.sweep()
    await swept.sweep()

    shown = await swept.lines()
    assert sorted(shown) == sorted([CANNOT_SHOW, *(f"good {number}" for number in range(5))])
    assert await swept.lines(NOAH) == ["of Noah"]
    assert await swept.facts_in("quarantined") == ["message.unreadable"]
    keys = await swept.database.read(
        lambda tx: tx.all("SELECT fact_key FROM inbox WHERE kind LIKE '%unreadable'")
    )
    assert [EMMA.id in row["fact_key"] for row in keys] == [False]  # it outlives a fan who is forgotten


async def test_a_chat_that_is_gone_hides_no_other_chat(tmp_path: Path) -> None:
    async with sweeping(tmp_path) as world:
        spaced(world, "of Noah", NOAH)
        spaced(world, "of Emma")  # the newest, so hers is read first
        world.fanvue.faults.add("messages", TargetGone("Fanvue no longer has this chat or message."))

        await world.sweep()

        assert await world.lines(NOAH) == ["of Noah"]
        assert await world.current() is None


async def test_a_chat_in_which_nothing_happened_is_not_read_again(tmp_path: Path) -> None:
    async with sweeping(tmp_path) as world:
        spaced(world, "hello")
        await world.sweep()
        read = world.fanvue.faults.calls["messages"]
        await world.sweep()
        await world.sweep()

        assert world.fanvue.faults.calls["messages"] == read


async def test_a_message_that_appears_below_the_newest_one_is_found_by_the_nightly_sweep(
    tmp_path: Path,
) -> None:
    async with sweeping(tmp_path) as world:
        early = world.clock.at
        world.clock.at += MINUTE
        await world.happen(world.wrote("newest"))
        await world.sweep()
        now = world.clock.at
        world.clock.at = early + 1
        made = world.fanvue.write(CREATOR, EMMA.id, "slipped in")
        world.clock.at = now
        chat = world.fanvue.chat(CREATOR, EMMA.id)
        chat.sort(key=lambda there: there.sent_at)
        assert chat[0] == made
        await world.sweep()
        assert await world.lines() == ["newest"]

        world.clock.at += world.waits.full_sweep
        await world.sweep()

        assert await world.lines() == ["newest", "slipped in"]


async def test_what_the_team_sent_is_found_and_not_shown_as_written_elsewhere(swept: SweepScenario) -> None:
    await swept.greeted()
    await swept.reply("from the team")
    await swept.turn()
    spaced(swept, "from the site", by_creator=True)
    await swept.sweep()
    await swept.pass_time(MINUTE)

    titles = [post.title for post in swept.discord.lines(await swept.thread())]
    assert titles.count("Sent on Fanvue, not through Discord") == 1
    assert (await swept.lines()).count("from the team") == 1
    assert (await swept.lines()).count("from the site") == 1


async def test_a_sweep_that_fails_in_the_middle_goes_on_where_it_was(swept: SweepScenario) -> None:
    swept.lists.size = 1
    spaced(swept, "of Noah", NOAH)
    spaced(swept, "of Emma")
    call = "newest" if swept.lists.batches else "messages"
    swept.fanvue.faults.add(call, TryLater("Fanvue cannot be reached right now."))

    await swept.sweep()
    await swept.pass_time(swept.waits.sweep_silent)

    assert await swept.lines() == ["of Emma"]
    assert await swept.lines(NOAH) == ["of Noah"]


async def test_a_missing_permission_for_figures_does_not_cost_the_messages(swept: SweepScenario) -> None:
    swept.fanvue.faults.chance = lambda call: (
        TryLater("Fanvue needs the permission read:insights.", paused=True) if call == "earnings" else None
    )
    spaced(swept, "hello")

    await swept.pass_time(swept.waits.sweep)

    assert await swept.lines() == ["hello"]


async def test_a_creator_who_is_linked_no_more_is_not_read(tmp_path: Path) -> None:
    async with sweeping(tmp_path) as world:
        link = await world.database.read(lambda tx: creators.open_link(tx, CREATOR))
        assert link is not None
        await world.database.write(
            lambda tx: creators.move(tx, link.id, was=LinkState.ACTIVE, to=LinkState.RELINK_REQUIRED)
        )
        spaced(world, "into the void")
        before = world.fanvue.faults.calls["chats"]
        await world.pass_time(world.waits.sweep)
        assert world.fanvue.faults.calls["chats"] == before

        await world.database.write(
            lambda tx: creators.move(tx, link.id, was=LinkState.RELINK_REQUIRED, to=LinkState.ACTIVE)
        )
        await world.pass_time(MINUTE)

        assert await world.lines() == ["into the void"]


async def test_a_chat_that_was_torn_between_two_pages_is_read_to_the_end_the_next_time(
    tmp_path: Path,
) -> None:
    async with sweeping(tmp_path) as world:
        world.lists.size = 5
        for number in range(20):
            spaced(world, f"line {number}")
        failing = iter([None, None, TryLater("Fanvue did not answer properly.")])
        world.fanvue.faults.chance = lambda call: next(failing, None) if call == "messages" else None

        await world.sweep()
        assert await world.current() is None  # nothing that would look known
        await world.pass_time(world.waits.sweep_silent)

        assert await world.lines() == [f"line {number}" for number in range(20)]


async def test_a_page_of_live_messages_does_not_hide_what_got_lost_below_it(swept: SweepScenario) -> None:
    swept.lists.size = 5
    await swept.happen(swept.wrote("before"))
    await swept.sweep()
    spaced(swept, "lost")
    for number in range(25):
        swept.clock.at += 1000
        await swept.happen(swept.wrote(f"live {number}"))

    await swept.sweep()

    assert (await swept.lines()).count("lost") == 1
