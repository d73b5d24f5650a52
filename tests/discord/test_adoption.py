"""100 fans of one name on the real stand-in: one forum post for each (R6)."""

import asyncio
import random
from dataclasses import replace
from pathlib import Path
from typing import cast

from bot.discord.controls import references_in
from bot.engine.retry import RetryWaits
from bot.model.events import Person
from bot.relay.forum_places import SetupDone
from bot.sandbox.discord.model import FORUM as FORUM_CHANNEL
from bot.sandbox.discord.model import StandInChannel, StandInMessage
from bot.sandbox.discord.people import DiscordPerson as Member
from bot.sandbox.discord.server import DiscordServer
from storage.database import Row, Transaction
from storage.records import DiscordId, FanId, Forum
from tests.discord.discord_test_server import DiscordTestServer, town
from tests.relay.clock_fixtures import TickingClock
from tests.relay.far_side_stand_ins import DiscordChannels
from tests.relay.relay_scenario import CREATOR, GUILD, MAYA, RelayScenario, running

FANS = 100
FASTER = 15  # by more, and a busy machine is later than the last look
LATE = 30 / FASTER  # seconds; well within the settle time


def trouble(server: DiscordServer, forum: int, rng: random.Random) -> None:
    """Creations whose answers are lost, that fail before or after being carried out, or come late."""
    path = f"^/channels/{forum}/threads$"
    for _ in range(FANS * 7 // 10):
        match rng.choice(("lost", "failed", "never", "late")):
            case "lost":
                server.faults.lose_answer("POST", path)
            case "failed":
                server.faults.fail("POST", path, 502, before=False)
            case "never":
                server.faults.fail("POST", path, 502)
            case "late":
                server.faults.late("POST", path, rng.uniform(0.1, LATE))


def words(message: StandInMessage) -> str:
    """The first line of a message, without escapes."""
    return message.text.split("\n")[0].replace("\\", "")


def shown(server: DiscordServer, guild: int, reader: Member) -> list[tuple[str, list[str]]]:
    """Each thread: the reference of its card, and what it says below."""
    found = []
    for thread in server.world.threads(guild):
        card, *below = reader.read(thread)
        found.append(("".join(references_in(card.components)), [words(one) for one in below]))
    return sorted(found)


def posted(server: DiscordServer, guild: int) -> int:
    """How many lines there are below cards; quickly told, as it is asked at every change."""
    messages = server.world.messages
    return sum(len(messages.get(thread.id, ())) - 1 for thread in server.world.threads(guild))


async def moved_in(world: RelayScenario, city: DiscordTestServer, forum: StandInChannel) -> None:
    """The relay now works on this Discord, and the creator's fans live in this forum."""
    world.discord = cast("DiscordChannels", city.bot.discord)
    await world.restart()
    await world.link()
    place = Forum(DiscordId(forum.id), GUILD, DiscordId(1), DiscordId(city.lobby.id), CREATOR, "{}")
    await world.places.add(place, SetupDone(MAYA, CREATOR, None))


async def known_threads(tx: Transaction) -> list[Row]:
    """What the bridge remembers of its threads."""
    return await tx.all("SELECT fan_uuid, reference, generation, state FROM threads")


async def test_fans_of_one_name_get_one_forum_post_each_though_hardly_any_creation_is_answered(
    tmp_path: Path,
) -> None:
    rng = random.Random(6)  # noqa: S311 - repeatable on purpose
    fans = [
        Person(FanId(f"3b6a{number:04}-0000-4000-8000-000000000000"), None, "Emma") for number in range(FANS)
    ]
    # Nothing here is about breakers, which would rightly wait after so many failures in a row.
    waits = replace(RetryWaits().divided(FASTER), breaker=(20, 20))
    async with town() as city, running(tmp_path, waits, clock=TickingClock(), ready=False) as world:
        city.server.limits.enabled = False
        forum = city.server.world.add_channel(city.guild, "fans", FORUM_CHANNEL, nsfw=True)
        await moved_in(world, city, forum)
        trouble(city.server, forum.id, rng)
        await asyncio.gather(*(world.keep(world.wrote(f"I am {fan.id}", fan)) for fan in fans))
        await city.server.world.until(
            lambda: (
                posted(city.server, city.guild.id) >= FANS
                and sum(len(below) for _, below in shown(city.server, city.guild.id, city.olivia)) >= FANS
            ),
            90,
        )
        await world.stop()
        rows = await world.database.read(known_threads)
        found = shown(city.server, city.guild.id, city.olivia)

    assert found == sorted((row["reference"], [f"I am {row['fan_uuid']}"]) for row in rows)
    assert {(row["generation"], row["state"]) for row in rows} == {(1, "open")}
    assert {row["fan_uuid"] for row in rows} == {fan.id for fan in fans}
    cards = city.server.ledger.count(
        "request", route="/channels/{channel_id}/messages/{message_id}", method="GET"
    )
    assert cards <= 3 * FANS, "the cards of the others are read again for each fan"
