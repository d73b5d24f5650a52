"""What holds for every command of every cog."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from discord import app_commands

import cogs
from bot.discord.client import BridgeBot
from bot.discord.cog_names import COGS
from tests.discord.desk import Desk
from tests.discord.discord_test_server import SupervisorReports, make_bot

# Modules that bring commands; what they show stands beside them, and `cogs.routing` is loaded in any case.
COG_NAMES = sorted(
    module.name
    for module in pkgutil.walk_packages(cogs.__path__, "cogs.")
    if not module.ispkg and hasattr(importlib.import_module(module.name), "setup")
)


@pytest.fixture
async def bot() -> BridgeBot:
    bot = make_bot(Desk(), SupervisorReports())
    for name in COG_NAMES:
        await bot.load_extension(name)
    return bot


def _commands(bot: BridgeBot) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


def test_every_cog_file_is_loaded_by_the_bot() -> None:
    assert sorted(COGS) == COG_NAMES


async def test_no_two_commands_share_a_name(bot: BridgeBot) -> None:
    names = [command.qualified_name for command in _commands(bot)]

    assert sorted(names) == sorted(set(names))
    assert {"setup", "link", "unlink", "account", "reply"} <= set(names)


async def test_every_command_and_option_explains_itself_within_discords_limits(bot: BridgeBot) -> None:
    for command in _commands(bot):
        assert 1 <= len(command.description) <= 100
        assert command.description.endswith(".")
        for option in command.parameters:
            assert str(option.description) != "…", f"{command.qualified_name} {option.name}"
            assert 1 <= len(str(option.description)) <= 100
            assert option.display_name == option.display_name.lower()


async def test_a_command_as_a_whole_stays_below_8000_characters(bot: BridgeBot) -> None:
    for command in _commands(bot):
        texts = [command.name, command.description]
        for option in command.parameters:
            texts += [option.display_name, str(option.description)]
        assert sum(map(len, texts)) < 8000


async def test_no_command_is_offered_in_private_messages_or_outside_a_server(bot: BridgeBot) -> None:
    for command in bot.tree.get_commands():
        told = command.to_dict(bot.tree)
        assert told["contexts"] == [0]
        assert told["integration_types"] == [0]


@pytest.mark.parametrize("name", COG_NAMES)
def test_a_cog_says_in_its_first_words_which_commands_it_has(name: str) -> None:
    charter = (importlib.import_module(name).__doc__ or "").splitlines()[0]

    assert charter.startswith("/")
