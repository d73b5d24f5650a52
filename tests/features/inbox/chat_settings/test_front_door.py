"""The whole program: a chat is marked on Fanvue, once is enough, and a no is told."""

import pytest

from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.model import StandInChannel
from bot.sandbox.fanvue.faults import Kind
from bot.sandbox.fanvue.people import StandInFan
from tests.house_fixtures import own_house
from tests.proofs.faults.live_bridge import PATIENCE, LiveBridge

pytestmark = pytest.mark.asyncio(loop_scope="module")

MARKS = "SELECT * FROM outbox WHERE kind = 'chat.mark' AND fan_uuid = ? ORDER BY seq"


house = own_house(silent=True)


async def chat(
    house: LiveBridge, thread: StandInChannel, command: str, *, by: str = "mara", **values: object
) -> InteractionAnswer:
    """A member uses /fan in a fan's thread."""
    answer = await house.stage.members[by].slash(house.stage.guild, thread, f"fan {command}", **values)
    await answer.done(PATIENCE)
    assert answer.ephemeral
    return answer


async def owner_mutes(house: LiveBridge, thread: StandInChannel, state: str) -> InteractionAnswer:
    """The creator's owner uses /fan mute."""
    answer = await house.stage.owner.slash(house.stage.guild, thread, "fan mute", state=state)
    return await answer.done(PATIENCE)


async def settled(house: LiveBridge, fan: StandInFan, number: int = 1) -> list[str]:
    """How this fan's marks ended, once there are so many and all have."""

    def ended() -> list[str]:
        rows = house.rows(MARKS, fan.uuid)
        done = len(rows) == number and all(row["settled_at"] for row in rows)
        return [row["state"] for row in rows] if done else []

    return await house.stored(ended)


def patches(house: LiveBridge, fan: StandInFan) -> int:
    """How often Fanvue was asked to change this chat, also where the answer got lost."""
    ledger = house.stage.fanvue.ledger
    asked = [*ledger.of("request", method="PATCH"), *ledger.of("fault", method="PATCH")]
    return sum(1 for entry in asked if entry["path"].endswith(f"/{fan.uuid}"))


async def test_a_chat_is_marked_as_read_by_a_command_and_by_nothing_else(house: LiveBridge) -> None:
    fan = house.fan("Ada")
    thread = await house.greeted(fan)
    before = fan.bond.unread

    said = await chat(house, thread, "read")
    states = await settled(house, fan)

    assert before == 1
    assert said.text.startswith("We asked Fanvue to mark this chat as read.")
    assert states == ["done"]
    assert fan.bond.unread == 0
    (talk,) = house.rows("SELECT * FROM talks WHERE fan_uuid = ?", fan.uuid)
    assert talk["waiting_since"] is not None
    lines = house.rows("SELECT * FROM audit WHERE action = 'chat.read' AND outcome = 'accepted'")
    assert [line["actor"] for line in lines] == [house.stage.members["mara"].user.id]


async def test_a_chat_is_muted_and_unmuted_in_this_order_and_by_who_may(house: LiveBridge) -> None:
    fan = house.fan("Bea")
    thread = await house.greeted(fan)

    refused = await chat(house, thread, "mute", state="on")
    on = await owner_mutes(house, thread, "on")
    await settled(house, fan)
    muted = fan.bond.muted
    off = await owner_mutes(house, thread, "off")
    await settled(house, fan, 2)

    assert "Ask the owner; /team explain shows what your role can do." in refused.text
    assert on.text.startswith("We asked Fanvue to mute this chat for the creator")
    assert off.text.startswith("We asked Fanvue to unmute this chat for the creator")
    assert (muted, fan.bond.muted) == (True, False)


async def test_a_fan_gets_a_nickname_and_loses_it_and_nothing_shows_it_here(house: LiveBridge) -> None:
    fan = house.fan("Cleo")
    thread = await house.greeted(fan)

    await chat(house, thread, "nickname", name="the kind one")
    await settled(house, fan)
    named = fan.bond.nickname
    await chat(house, thread, "nickname")
    await settled(house, fan, 2)

    assert named == "the kind one"
    assert fan.bond.nickname is None
    assert house.with_words(fan, "the kind one") == []
    assert house.rows("SELECT * FROM audit WHERE target LIKE '%kind one%'") == []


async def test_a_nickname_of_two_lines_is_refused_before_anything_is_asked(house: LiveBridge) -> None:
    fan = house.fan("Dora")
    thread = await house.greeted(fan)

    said = await chat(house, thread, "nickname", name="one\ntwo")

    assert said.text.startswith("A nickname is one line")
    assert house.rows(MARKS, fan.uuid) == []


@pytest.mark.parametrize("fault", ["lose_answer", "error_after", "error_before"])
async def test_a_mark_whose_answer_got_lost_is_made_again_and_holds(house: LiveBridge, fault: Kind) -> None:
    fan = house.fan("Eve")
    thread = await house.greeted(fan)
    house.stage.fanvue.faults.add(fault, "PATCH", f"/{fan.uuid}")

    await chat(house, thread, "nickname", name="again")
    states = await settled(house, fan)

    assert states == ["done"]
    assert fan.bond.nickname == "again"
    assert patches(house, fan) >= 2
    assert house.with_words(fan, "was not changed") == []


async def test_what_the_fan_wrote_since_is_not_marked_as_read_by_an_older_wish(house: LiveBridge) -> None:
    fan = house.fan("Fay")
    thread = await house.greeted(fan)
    house.stage.fanvue.faults.down = True
    await chat(house, thread, "read")
    await house.stored(lambda: house.rows(MARKS, fan.uuid)[0]["reason"])
    house.stage.fanvue.faults.down = False
    await fan.write("and one more")

    assert await settled(house, fan) == ["cancelled"]
    assert fan.bond.unread > 0
    await house.shows(fan, "This chat was not marked as read on Fanvue. The fan has written since then.")


async def test_who_is_paused_changes_nothing_on_fanvue_either(house: LiveBridge) -> None:
    fan = house.fan("Hope")
    thread = await house.greeted(fan)
    stage = house.stage
    theo = stage.members["theo"].user.id
    paused = await stage.owner.slash(stage.guild, stage.lobby, "pause member", member=theo)
    await paused.done(PATIENCE)

    refused = await chat(house, thread, "read", by="theo")

    assert refused.text.startswith("Paused by its owner")
    assert refused.text.endswith("No changes made.")
    assert house.rows(MARKS, fan.uuid) == []


async def test_without_the_permission_the_thread_says_what_to_do_and_after_it_the_mark_is_made(
    house: LiveBridge,
) -> None:
    fan = house.fan("Gia")
    thread = await house.greeted(fan)
    tokens = house.stage.fanvue.world.tokens
    consent = next(one for one in tokens._chains if one.alive)
    consent.scopes = tuple(scope for scope in consent.scopes if scope != "write:chat")
    tokens.expire_access(house.stage.creator.uuid)

    await chat(house, thread, "nickname", name="soon")
    await house.shows(fan, "Fanvue needs the permission write:chat. Use /link to connect again and allow it.")
    waiting = house.rows(MARKS, fan.uuid)
    await house.play.link()
    states = await settled(house, fan)

    assert [row["state"] for row in waiting] == ["pending"]
    assert states == ["done"]
    assert fan.bond.nickname == "soon"
