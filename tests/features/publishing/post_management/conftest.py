"""A studio for every test that asks, with a manager beside its owner."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.access.roles import TeamRole
from storage.database import Transaction
from storage.people import consents, grants
from storage.records import DiscordId
from tests.features.publishing.posts.posts_scenario import PostStage
from tests.features.publishing.posts.posts_scenario import opened as open_studio


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[PostStage]:
    async with open_studio(tmp_path) as there:
        await _promote_maya(there)
        yield there


async def _promote_maya(studio: PostStage) -> None:
    creator, town = studio.evening.creator, studio.town
    guild, maya, olivia = (DiscordId(one) for one in (town.guild.id, town.maya.user.id, town.olivia.user.id))

    async def work(tx: Transaction) -> None:
        for side in ("owner", "server"):
            await consents.give(tx, creator, guild, side, by=olivia, now=0)
        kept = grants.GrantRecord(
            "maya", creator, guild, "member", maya, TeamRole.MANAGER, "", "", None, olivia, 0
        )
        await grants.put(tx, kept)

    await studio.database.write(work)
