"""What holds for every command of every cog."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from discord import app_commands

from bot.discord.client import BridgeBot
from bot.discord.cog_loading import TwoHandlers, cog_names, cogs_in, controls_of, load_cogs, set_up
from cogs.inbox.note_views import note_window
from tests.architecture.source_tree import TOP
from tests.discord.desk import Desk
from tests.discord.discord_test_server import SupervisorReports, make_bot

COGS = load_cogs(cog_names())
# Modules that bring commands; what they show stands beside them.
WITH_COMMANDS = [
    module
    for module in COGS
    if (hasattr(module, "setup") or cogs_in(module)) and not module.__name__.startswith("cogs.routing.")
]


@pytest.fixture
async def bot() -> BridgeBot:
    bot = make_bot(Desk(), SupervisorReports())
    await set_up(bot, COGS)
    return bot


def _commands(bot: BridgeBot) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


def test_every_file_of_a_cog_is_found() -> None:
    there = {path.relative_to(TOP).with_suffix("") for path in (TOP / "cogs").glob("*/*.py")}

    assert sorted(cog_names()) == sorted(".".join(path.parts) for path in there if path.name != "__init__")


def test_two_modules_with_one_button_end_the_start() -> None:
    ours, theirs, windows = ModuleType("ours"), ModuleType("theirs"), ModuleType("windows")
    vars(ours)["BUTTONS"] = vars(theirs)["BUTTONS"] = vars(windows)["WINDOWS"] = {"note.add": note_window}

    found = controls_of([ours, windows])

    assert [dict(found.buttons), dict(found.lists)] == [{"note.add": note_window}, {}]
    assert sorted(found.windows) == ["note.add"]
    with pytest.raises(TwoHandlers, match=r"^ours and theirs both have 'note.add' in BUTTONS\.$"):
        controls_of([ours, windows, theirs])


async def test_no_two_commands_share_a_name(bot: BridgeBot) -> None:
    names = [command.qualified_name for command in _commands(bot)]

    assert sorted(names) == sorted(set(names))
    assert {"setup", "link", "account unlink", "account show", "reply"} <= set(names)


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


@pytest.mark.parametrize("cog", WITH_COMMANDS, ids=lambda cog: cog.__name__)
def test_a_cog_says_in_its_first_words_which_commands_it_has(cog: ModuleType) -> None:
    charter = (cog.__doc__ or "").splitlines()[0]

    assert charter.startswith("/")
