"""Row F8: whom a fan could be taken for is said, and decides nothing."""
# ruff: noqa: RUF001 -- look-alikes are the point

from dataclasses import replace

import pytest

from bot.model.events import Followed, Person
from bot.relay import impostors
from storage.inbox import fans
from storage.records import Fan, FanId
from tests.relay.relay_scenario import ALERTS, CREATOR, EMMA, RelayScenario, told

OTHER = FanId("77aa0000-54c1")
REAL = "⚠️ Similar to Emma @quiet-otter · 3b6a. This is not them."


async def card(world: RelayScenario, fan: Person) -> str:
    """The card of a fan's thread."""
    thread = await world.thread(fan)
    return told(world.discord.channels[thread].posts[thread])


@pytest.mark.parametrize(
    ("handle", "name", "warning"),
    [
        ("quiet_otter", "Zoe", REAL),
        ("quiet-0tter", "Zoe", REAL),
        ("zoe", "quiet otter", REAL),
        ("zoe", "Еmmа", REAL),
        ("zoe", "Emma 💋", REAL),
        ("zoe", "Emma", None),
        ("zoe", "Zoe", None),
        ("emma", "Zoe", None),
        ("lola", "Zoe", impostors.TEAM),
        ("zoe", "L\u043ela", impostors.TEAM),
        ("zoe", "MAYA", impostors.TEAM),
        ("zoe", "Fanvue Support", impostors.FANVUE),
        ("fanvue.team", "Zoe", impostors.FANVUE),
    ],
    ids=[
        "handle",
        "handle with a zero",
        "name like a handle",
        "other letters",
        "with an emoji",
        "the very same name",
        "nobody",
        "handle like a name",
        "creator's handle",
        "creator's name in other letters",
        "member's name",
        "Fanvue",
        "Fanvue's team",
    ],
)
async def test_a_new_fans_card_says_whom_they_could_be_taken_for(
    world: RelayScenario, handle: str, name: str, warning: str | None
) -> None:
    await world.greeted()
    await world.reply("hi")  # so Maya is known
    stranger = Person(OTHER, handle, name)

    await world.happen(world.wrote("hello", stranger))

    shown = await card(world, stranger)
    assert ("⚠️" in shown) is (warning is not None)
    assert (warning or "Chats with") in shown
    assert "⚠️" not in await card(world, EMMA)


async def test_a_fan_who_comes_to_resemble_somebody_is_told_once_in_their_thread(
    world: RelayScenario,
) -> None:
    await world.greeted()
    stranger = Person(OTHER, "zoe", "Zoe")
    await world.happen(world.wrote("hello", stranger))

    renamed = replace(stranger, display_name="Еmma")
    for words in ("it's me", "really"):
        await world.happen(world.wrote(words, renamed))

    assert [line for line in await world.lines(renamed) if "⚠️" in line] == [
        f"This fan is now called Еmma @zoe · 77aa.\n{REAL}"
    ]
    assert "⚠️" not in "\n".join(await world.lines())


async def test_an_alert_says_it_too(world: RelayScenario) -> None:
    await world.greeted()

    await world.happen(
        Followed(CREATOR, Person(OTHER, "quiet_otter", "Zoe"), world.clock.now()), kind="follow"
    )

    [alert] = [told(post) for post in world.discord.channels[ALERTS].posts.values() if "Zoe" in told(post)]
    assert alert.splitlines() == ["Zoe @quiet_otter · 77aa", REAL]


async def test_a_reply_goes_to_the_threads_fan_whatever_they_are_called(world: RelayScenario) -> None:
    await world.greeted()
    stranger = Person(OTHER, "quiet_otter", "Emma")
    await world.happen(world.wrote("hello", stranger))

    await world.reply("for the stranger", stranger)
    await world.turn()

    assert world.texts(stranger) == ["for the stranger"]
    assert world.texts() == []


async def test_of_several_who_look_alike_the_first_is_named(world: RelayScenario) -> None:
    def fan(number: int) -> Fan:
        return Fan(CREATOR, FanId(f"{number}{number}00-fan"), f"otter_{'.' * number}x", None, None, number)

    for number in (3, 1, 2):
        await world.database.write(lambda tx, number=number: fans.learn(tx, fan(number)))  # type: ignore[misc]

    found = await world.database.read(lambda tx: fans.alike(tx, fan(3)))
    first = await world.database.read(lambda tx: fans.alike(tx, fan(1)))

    assert found is not None
    assert first is not None
    assert (found.id, first.id) == ("1100-fan", "2200-fan")


@pytest.mark.parametrize(
    ("handle", "name", "shown"),
    [
        ("zoe", "Zoe", False),
        ("zoe", "Emma", True),
        ("zoe", "Еmmа", True),
        ("quiet-0tter", "Zoe", True),
        ("zoe", "quiet otter", True),
        ("emma", "Zoe", True),
    ],
    ids=[
        "nobody",
        "the very same name",
        "other letters",
        "handle",
        "name like a handle",
        "handle like a name",
    ],
)
async def test_a_reply_names_the_reference_only_where_another_fan_could_be_taken_for_theirs(
    world: RelayScenario, handle: str, name: str, *, shown: bool
) -> None:
    await world.greeted(replace(EMMA, id=OTHER, handle=handle, display_name=name))
    await world.greeted()

    reply = await world.reply("hi")
    await world.turn()

    title = (await world.shown(reply)).title
    assert title == "Maya → Emma @quiet\\-otter" + (" · 3b6a" if shown else "")


async def test_a_fan_without_a_handle_always_has_the_reference(world: RelayScenario) -> None:
    nameless = replace(EMMA, handle=None)
    await world.greeted(nameless)

    reply = await world.reply("hi", nameless)
    await world.turn()

    assert (await world.shown(reply)).title == "Maya → Emma · 3b6a"
