"""What one bot of several takes for its own, and what it leaves to the others."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.engine.commands import Commands
from bot.engine.guild_routing import UNSERVED, GuildRouting, GuildRoutingGuard
from bot.features.inbox.message_replies.card_refresh import ThreadCardRefresh
from bot.features.inbox.message_replies.setting import MessageReplySetting
from bot.model.shards import Shard, whole
from storage.database import Transaction
from storage.engine import commands as command_rows
from storage.engine import guild_assignments
from storage.inbox import message_replies
from storage.inbox.message_replies import TypingMode
from storage.records import CommandState, CreatorId, DiscordId, FanId
from tests.relay.relay_scenario import CREATOR, GUILD, RelayScenario, running

ONE, TWO = 71, 72
FREE = DiscordId(5)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[RelayScenario]:
    """A creator whose server is the first bot's."""
    async with running(tmp_path) as ready:
        await ready.database.write(lambda tx: guild_assignments.claim(tx, GUILD, ONE, now=0))
        yield ready


def commands_of(world: RelayScenario, serving: GuildRouting) -> Commands:
    return Commands(
        database=world.database,
        sealer=world.sealer,
        effects=world.effects,
        clock=world.clock,
        ids=world.ids,
        serving=serving,
    )


async def test_a_gateway_that_starts_cancels_what_its_own_bot_was_asked(world: RelayScenario) -> None:
    staged = [
        await commands_of(world, GuildRouting(application, home=True, alone=False, shard=whole)).stage(
            world.wish(DiscordId(1), f"interaction {application}"), action="reply"
        )
        for application in (0, ONE, TWO)
    ]

    number = await commands_of(world, GuildRouting(TWO, home=True, alone=False, shard=whole)).cancel_staged()

    rows = [
        await world.database.read(lambda tx, one=one: command_rows.get(tx, one))  # type: ignore[misc]
        for one in staged
    ]
    assert number == 2  # the first is from before there could be several
    assert [row.state for row in rows if row is not None] == [
        CommandState.CANCELLED,
        CommandState.STAGED,
        CommandState.CANCELLED,
    ]


@pytest.mark.parametrize(("number", "cancelled"), [(0, ["nowhere", "even"]), (1, ["odd"])])
async def test_a_gateway_that_starts_leaves_alone_what_others_hear_of(
    world: RelayScenario, number: int, cancelled: list[str]
) -> None:
    serving = GuildRouting(ONE, home=True, alone=False, shard=lambda: Shard(number, 2))
    places = {"nowhere": 0, "even": 1_000_000 << 22, "odd": (1_000_001 << 22) + 7}
    kept = {
        name: await commands_of(world, serving).stage(
            replace(world.wish(DiscordId(1), name), guild=DiscordId(guild)), action="reply"
        )
        for name, guild in places.items()
    }

    await commands_of(world, serving).cancel_staged()

    rows = {
        name: await world.database.read(lambda tx, one=one: command_rows.get(tx, one))  # type: ignore[misc]
        for name, one in kept.items()
    }
    found = [name for name, row in rows.items() if row is not None and row.state is CommandState.CANCELLED]
    assert found == cancelled


async def test_a_process_alone_cancels_all_that_is_staged(world: RelayScenario) -> None:
    await commands_of(world, GuildRouting(ONE, home=True, alone=True, shard=whole)).stage(
        world.wish(DiscordId(1), "one"), action="reply"
    )

    assert (
        await commands_of(world, GuildRouting(TWO, home=True, alone=True, shard=whole)).cancel_staged() == 1
    )


@pytest.mark.parametrize(("application", "left"), [(ONE, []), (TWO, [CREATOR])])
async def test_a_bot_that_hears_nothing_switches_typing_off_for_its_own_creators_only(
    world: RelayScenario, application: int, left: list[CreatorId]
) -> None:
    async def no_card(_tx: Transaction, _creator: CreatorId, _fan: FanId) -> None:
        pass

    setting = MessageReplySetting(
        replace(world.ground(), serving=GuildRouting(application, home=True, alone=False, shard=whole)),
        redrawing=ThreadCardRefresh(database=world.database, want=no_card),
        listens=False,
    )
    await world.database.write(
        lambda tx: message_replies.switch_on(tx, CREATOR, TypingMode("//", 0), by=DiscordId(1))
    )

    await setting.resume()

    assert await world.database.read(message_replies.switched_on) == left


async def test_a_door_is_shut_where_another_bot_serves(world: RelayScenario) -> None:
    doors = [
        GuildRoutingGuard(database=world.database, serving=serving)
        for serving in (
            GuildRouting(ONE, home=True, alone=False, shard=whole),
            GuildRouting(TWO, home=True, alone=False, shard=whole),
            GuildRouting(TWO, home=True, alone=True, shard=whole),
        )
    ]

    said = [[await door.refusal(guild) for guild in (GUILD, FREE)] for door in doors]

    refusal = said[1][0]
    assert refusal is not None
    assert "Another bot serves this server: <@71>." in refusal
    assert said == [[None, None], [refusal, None], [None, None]]


async def test_a_free_server_that_another_bot_claims_later_is_shut_then(world: RelayScenario) -> None:
    door = GuildRoutingGuard(
        database=world.database, serving=GuildRouting(TWO, home=True, alone=False, shard=whole)
    )
    before = await door.refusal(FREE)
    await world.database.write(lambda tx: guild_assignments.claim(tx, FREE, ONE, now=0))

    assert before is None
    assert await door.refusal(FREE) is not None


async def test_a_server_that_the_operator_does_not_serve_gets_one_sentence(world: RelayScenario) -> None:
    """Alone or not, and before anybody is connected there; an empty list serves everybody."""
    only = GuildRouting(ONE, home=True, alone=True, shard=whole, only=frozenset({GUILD}))
    door = GuildRoutingGuard(database=world.database, serving=only)

    said = [await door.refusal(guild) for guild in (GUILD, FREE)]
    there = await world.database.write(lambda tx: only.admit(tx, CREATOR, FREE, now=0))
    here = await world.database.write(lambda tx: only.admit(tx, CREATOR, GUILD, now=0))

    assert said == [None, UNSERVED]
    assert (here, there) == (None, UNSERVED)
    assert await world.database.read(lambda tx: guild_assignments.owner(tx, FREE)) is None
    assert len(UNSERVED) <= 160


@pytest.mark.parametrize(
    ("serving", "name"),
    [
        (GuildRouting(ONE, home=True, alone=False, shard=whole), "commands"),
        (GuildRouting(TWO, home=False, alone=False, shard=whole), "commands 72"),
    ],
)
def test_each_bot_remembers_its_own_under_a_name_of_its_own(serving: GuildRouting, name: str) -> None:
    assert serving.named("commands") == name
