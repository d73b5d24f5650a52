"""Every command that sets something has its row, and every row fits on Discord."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.access.policy import Action
from bot.discord.client import BridgeBot
from bot.discord.cog_loading import cog_names, load_cogs, set_up
from bot.features.operations.settings.model import SettingGroup, SettingRow, SettingWay
from bot.features.operations.settings.service import SettingsPanelService
from bot.features.operations.settings.texts import GROUPS
from tests.architecture.listeners import bridge
from tests.discord.desk import Desk
from tests.discord.discord_test_server import SupervisorReports, make_bot

# Actions that set something for a creator, by hand.
SETTING = {
    Action.TIMERS,
    Action.PINGS,
    Action.ROUTING,
    Action.HOLD,
    Action.TYPING,
    Action.ALERTS_MINE,
    Action.ALERTS_SET,
    Action.GUARD_SET,
    Action.PRICE_LIMITS,
    Action.MASS_LIMITS,
    Action.GOAL_SET,
    Action.DIGEST,
    Action.PRIVACY_SET,
    Action.POST_FOLLOW,
}
# A command with such a word at its end sets something, whatever it needs.
SETTING_WORDS = {
    "set",
    "mode",
    "zone",
    "language",
    "limits",
    "timers",
    "hold",
    "typing",
    "routing",
    "pings",
    "quiet",
    "retention",
    "follow",
}
# What a window cannot hold beside the others, or what another row of the same command has.
ELSEWHERE = {("money digest set", "zone")}  # the row of the time zone
PAGE = 9  # rows: with a list and a heading they are Discord's 40 parts


@pytest.fixture
async def bot() -> BridgeBot:
    bot = make_bot(Desk(), SupervisorReports())
    await set_up(bot, load_cogs(cog_names()))
    return bot


@pytest.fixture
async def rows(tmp_path: Path) -> Sequence[SettingRow]:
    """Those of the whole program."""
    async with bridge(tmp_path) as made:
        return made.features.get(SettingsPanelService).rows


def commands_of(bot: BridgeBot) -> dict[str, Any]:
    return {
        one.qualified_name: one for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command)
    }


def ways_of(rows: Sequence[SettingRow]) -> list[SettingWay]:
    return [way for row in rows for way in row.ways]


async def test_every_command_that_sets_something_can_be_had_in_the_settings(
    bot: BridgeBot, rows: Sequence[SettingRow]
) -> None:
    commands, covered = commands_of(bot), {way.command for way in ways_of(rows)}
    wanted = {
        f"/{name}"
        for name, one in commands.items()
        if one.callback.asks in SETTING or name.rpartition(" ")[2] in SETTING_WORDS
    }

    assert sorted(wanted - covered) == []
    assert sorted(covered - {f"/{name}" for name in commands}) == []


async def test_every_option_of_such_a_command_is_in_some_window(
    bot: BridgeBot, rows: Sequence[SettingRow]
) -> None:
    missing = set()
    for name, command in commands_of(bot).items():
        ways = [way for way in ways_of(rows) if way.command == f"/{name}"]
        asked = {option for way in ways for option in (*way.options, *way.given)}
        known = {option.name: option for option in command.parameters}
        assert asked <= known.keys(), name
        for way in ways:
            needed = {one.name for one in known.values() if one.required}
            assert needed <= {*way.options, *way.given}, (name, way)
        if ways and command.callback.asks in SETTING:
            missing |= {(name, option) for option in known.keys() - asked - {"creator"}}

    assert missing == ELSEWHERE


async def test_every_window_and_every_page_fits(bot: BridgeBot, rows: Sequence[SettingRow]) -> None:
    for row in rows:
        assert re.fullmatch(r"[a-z_]{1,20}", row.key), row.key
        assert all(len(way.options) <= 5 for way in row.ways), row.key
        assert len(row.title) <= 45, row.title
        for way in row.ways:
            assert len(f"{row.title}: {way.label}") <= 45 or len(row.ways) == 1, (row.title, way.label)
    for group in SettingGroup:
        assert 1 <= sum(row.group is group for row in rows) <= PAGE, group

    assert list(GROUPS) == list(SettingGroup)
    assert next(row.title for row in rows) == "Time zone"
