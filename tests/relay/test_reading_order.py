"""Each sort of read of a chat has a stream: none waits behind a lesser one."""

from bot.model.errors import TryLater
from bot.model.events import ChatRead
from bot.model.read_purposes import READS, ReadPurpose
from storage.engine import outbox
from storage.engine.sends import HARMLESS
from tests.relay.fault_switchboard import LostAnswer
from tests.relay.relay_scenario import CREATOR, EMMA, RelayScenario

HOUR = 3600.0


async def no_room(world: RelayScenario, *methods: str) -> None:
    """A text waits to be looked at, and these reads have no room for an hour."""
    await world.greeted()
    for method in methods:
        world.fanvue.faults.add(method, *[TryLater("Fanvue asks us to wait.", after=HOUR)] * 20)
    await world.pass_time(world.waits.gather)


async def test_the_creators_own_line_does_not_wait_behind_media(world: RelayScenario) -> None:
    await no_room(world, "lately")
    there = world.fanvue.write(CREATOR, EMMA.id, "written by herself", by_creator=True)

    await world.happen(world.echo(there, complete=False))

    assert (await world.lines())[-1] == "written by herself"


async def test_a_text_whose_reading_had_to_wait_does_not_wait_behind_media(world: RelayScenario) -> None:
    await no_room(world, "lately")
    world.fanvue.faults.add("message", TryLater("Fanvue asks us to wait.", after=60))
    await world.happen(world.wrote("at last", complete=False))

    await world.pass_time(60_000)

    assert (await world.lines())[-1] == "at last"


async def test_a_lost_reply_is_settled_and_the_next_one_leaves_whatever_else_waits(
    world: RelayScenario,
) -> None:
    await no_room(world, "lately", "message")
    world.fanvue.faults.add("send", LostAnswer())
    await world.reply("is it there?")
    await world.reply("and this?")

    await world.pass_time(world.waits.settle[0])

    assert world.texts() == ["is it there?", "and this?"]
    assert world.fanvue.read[-1] == ("recent", EMMA.id, ReadPurpose.SETTLE)


async def test_what_was_seen_does_not_wait_behind_media(world: RelayScenario) -> None:
    await no_room(world, "lately")
    await world.reply("hi")
    await world.turn()
    world.fanvue.change(world.fanvue.chat(CREATOR, EMMA.id)[-1].message, read=True)

    await world.happen(ChatRead(CREATOR, EMMA, world.clock.now()), kind="chat.read")

    assert world.fanvue.read[-1] == ("recent", EMMA.id, ReadPurpose.CARD)


async def test_while_a_chat_waits_to_be_read_nothing_more_has_it_read(world: RelayScenario) -> None:
    await no_room(world, "recent")
    await world.reply("hi")
    await world.turn()
    for moment in range(3):
        await world.happen(ChatRead(CREATOR, EMMA, world.clock.now() + moment), kind="chat.read")

    waiting = await world.database.read(lambda tx: outbox.open_of_kind(tx, CREATOR, "chat.look"))

    assert len(waiting) == 1


def test_a_read_speaks_in_nobodys_name() -> None:
    in_threads = {"fan.fetch", "history.read"}  # lines that are read first

    assert set(READS) - in_threads <= set(HARMLESS)
