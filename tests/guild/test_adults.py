"""A forum's age restriction is known from the gateway, or asked, never guessed."""

import pytest

from bot.guild.adults import Adults
from bot.relay.errors import DeliveryFailed
from bot.sandbox.discord.model import FORUM
from storage.records import DiscordId
from tests.guild.town import Town


@pytest.mark.parametrize("nsfw", [True, False])
async def test_a_forum_that_the_gateway_has_not_told_of_is_asked_for(town: Town, *, nsfw: bool) -> None:
    forum = town.server.world.add_channel(town.guild, "fans", FORUM)
    forum.nsfw = nsfw

    assert town.bot.get_channel(forum.id) is None
    assert await Adults(town.bot).restricted(DiscordId(forum.id)) is nsfw


async def test_a_forum_that_is_not_there_is_nobodys_guess(town: Town) -> None:
    with pytest.raises(DeliveryFailed):
        await Adults(town.bot).restricted(DiscordId(5))
