"""A forum's age restriction is known from the gateway, or asked, never guessed."""

import asyncio

import pytest

from bot.discord.age_restriction import AgeRestriction
from bot.discord.direct_requests import DirectRequests
from bot.model.errors import DeliveryFailed
from bot.sandbox.discord.model import FORUM
from storage.records import DiscordId
from tests.discord.discord_test_server import DiscordTestServer


@pytest.mark.parametrize("nsfw", [True, False])
async def test_a_forum_that_the_gateway_has_not_told_of_is_asked_for(
    town: DiscordTestServer, *, nsfw: bool
) -> None:
    forum = town.server.world.add_channel(town.guild, "fans", FORUM)
    forum.nsfw = nsfw

    assert town.bot.get_channel(forum.id) is None
    assert await AgeRestriction(town.bot).restricted(DiscordId(forum.id)) is nsfw


def asked(town: DiscordTestServer) -> int:
    requests = town.server.ledger.of("request", method="GET")
    return sum(entry.data["path"].startswith("/channels/") for entry in requests)


class SessionElsewhere:
    """A bot whose session with Discord another process holds."""

    def __init__(self, direct: DirectRequests) -> None:
        self.direct = direct

    def get_channel(self, _id: int) -> None:
        """It has heard of none."""


async def test_without_the_session_many_lines_at_once_ask_once_and_again_after_a_moment(
    town: DiscordTestServer,
) -> None:
    forum = town.server.world.add_channel(town.guild, "fans", FORUM)
    forum.nsfw = True
    now, place, before = [100.0], DiscordId(forum.id), asked(town)
    elsewhere = SessionElsewhere(town.bot.direct)
    adults = AgeRestriction(elsewhere, lasts=2.0, monotonic=lambda: now[0])  # type: ignore[arg-type]

    together = await asyncio.gather(*(adults.restricted(place) for _ in range(20)))
    forum.nsfw = False
    now[0] += 1.9
    soon = await adults.restricted(place)
    once = asked(town) - before
    now[0] += 0.2
    later = await adults.restricted(place)

    assert (together, soon, once) == ([True] * 20, True, 1)
    assert (later, asked(town) - before) == (False, 2)


async def test_a_forum_that_is_not_there_is_nobodys_guess(town: DiscordTestServer) -> None:
    with pytest.raises(DeliveryFailed):
        await AgeRestriction(town.bot).restricted(DiscordId(5))
