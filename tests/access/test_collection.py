"""Nothing is registered that does not ask."""

import ast
import re

import pytest
from discord import app_commands

from bot.access.policy import Action
from bot.discord.asking import asks, chosen, here
from tests.access.entry_points import DOORS, HINTS, EntryPoint, doors, listeners
from tests.access.permission_specification import CONFIRMING, TWICE
from tests.architecture.source_tree import PACKAGES, TOP, modules, trees_with

pytestmark = pytest.mark.policy


def test_there_are_doors_of_every_kind() -> None:
    assert {door.surface for door in DOORS} >= {"command", "autocomplete", "button", "list", "window"}
    assert len(DOORS) > 60


def test_whatever_listens_besides_only_takes_hints() -> None:
    assert listeners() <= HINTS


def test_every_action_that_a_door_names_is_one_of_the_table() -> None:
    assert {type(door.action) for door in DOORS} == {Action}


def test_a_command_that_does_not_ask_stops_the_collection() -> None:
    async def silent(_interaction: object) -> None: ...

    door = EntryPoint("command", "silent", Action.LINK)

    with pytest.raises(AssertionError, match="command silent"):
        doors([(door, silent)])


def test_the_second_presses_are_as_specified() -> None:
    assert {door.name: door.action for door in DOORS if door.confirms} == CONFIRMING


def test_a_command_that_says_it_confirms_stops_the_collection() -> None:
    @asks(Action.UNLINK, chosen, confirms=True)
    async def hasty(_interaction: object) -> None: ...

    with pytest.raises(AssertionError, match=r"no second step: .*command hasty"):
        doors([(EntryPoint("command", "hasty", Action.UNLINK), hasty)])


def test_an_action_that_is_asked_about_twice_and_that_nothing_confirms_stops_the_collection() -> None:
    @asks(Action.FORGET, here)
    async def hasty(_interaction: object) -> None: ...

    with pytest.raises(AssertionError, match=r"nothing confirms them: .*privacy\.forget"):
        doors([(EntryPoint("button", "hasty", Action.FORGET), hasty)])


def test_what_is_asked_about_once_cannot_be_confirmed() -> None:
    for action in set(Action) - TWICE:
        with pytest.raises(TypeError, match=re.escape(action)):
            asks(action, here, confirms=True)


def test_only_the_door_makes_a_proof() -> None:
    makers = {
        path.relative_to(TOP).as_posix()
        for path, tree in trees_with(modules(*PACKAGES), "ActionConfirmation")
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "ActionConfirmation"
    }

    assert makers == {"bot/discord/confirming.py"}


def test_the_library_keeps_suggestions_where_they_are_looked_for() -> None:
    async def offered(_interaction: object, _typed: str) -> list[app_commands.Choice[str]]:
        return []

    @app_commands.command(name="x", description="x")
    async def command(_interaction: object, what: str) -> None: ...

    command.autocomplete("what")(offered)

    assert command._params["what"].autocomplete is offered
