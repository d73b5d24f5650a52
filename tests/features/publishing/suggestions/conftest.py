"""A studio with Maya as a manager and Victor as a trainee."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.access.roles import TeamRole
from storage.database import Transaction
from storage.people import consents
from storage.records import DiscordId
from tests.features.publishing.posts.posts_scenario import PostStage
from tests.features.publishing.posts.posts_scenario import opened as open_studio
from tests.features.publishing.suggestions.suggestions_fixtures import grant


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[PostStage]:
    async with open_studio(tmp_path) as there:
        await _hire(there)
        yield there


async def _hire(studio: PostStage) -> None:
    creator, town = studio.evening.creator, studio.town
    guild, olivia = DiscordId(town.guild.id), DiscordId(town.olivia.user.id)

    async def work(tx: Transaction) -> None:
        for side in ("owner", "server"):
            await consents.give(tx, creator, guild, side, by=olivia, now=0)

    await studio.database.write(work)
    await grant(studio, "maya", TeamRole.MANAGER)
    await grant(studio, "victor", TeamRole.TRAINEE)
