"""Who may only read is not told of commands with which they may do nothing."""

import pytest

from bot.access.policy import Action
from tests.access.permission_specification import ALLOWED
from tests.access.test_entry_points import EntryPointScenario
from tests.discord.discord_test_server import DiscordTestServer

pytestmark = pytest.mark.policy


@pytest.mark.parametrize("role", ALLOWED[Action.INBOX])
async def test_only_who_may_settle_problems_is_told_how(town: DiscordTestServer, role: str) -> None:
    scene = EntryPointScenario(town)
    await scene.open()
    scene.begin()
    scene.become(role)
    decides = role in ALLOWED[Action.PROBLEMS]

    waiting = await town.victor.slash(town.guild, town.lobby, "inbox waiting")
    await waiting.done()
    status = await town.victor.slash(town.guild, town.lobby, "inbox status")
    await status.done()

    assert ("Whoever asks decides." in waiting.text, "Whoever asks only reads." in waiting.text) == (
        decides,
        not decides,
    )
    assert ("Whoever asks only reads." in status.text) == (not decides)
