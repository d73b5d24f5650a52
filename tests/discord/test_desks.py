"""Whoever stands at a desk for a service is called as that one is."""

import inspect
from typing import Any

import pytest

from bot.discord.context import SessionListener, TypedMessageListener
from tests.architecture.services import asked_services
from tests.discord.desk import Desk
from tests.discord.desk_services import desk_services

# Of the one who is the bot's listener too (mypy holds those to their protocols), and waits for a test.
_ELSEWHERE = {("DeskTyped", name) for kind in (SessionListener, TypedMessageListener) for name in vars(kind)}
_ELSEWHERE.add(("DeskTyped", "until"))

STANDS_FOR: dict[type[Any], list[type[Any]]] = {}
for _kind, _one in desk_services(Desk()).items():
    STANDS_FOR.setdefault(type(_one), []).append(_kind)


def called(method: Any) -> list[inspect.Parameter]:
    """How it is called: each parameter's name, kind, type and what it is without being given."""
    return list(inspect.signature(method).parameters.values())


def test_a_desk_has_every_service_and_no_other() -> None:
    stood_for = {kind for kinds in STANDS_FOR.values() for kind in kinds}

    assert sorted(one.__name__ for one in stood_for ^ asked_services()) == []


@pytest.mark.parametrize("desk", STANDS_FOR, ids=lambda one: one.__name__)
def test_what_a_desk_has_is_called_as_the_real_one_is(desk: type[Any]) -> None:
    kinds = STANDS_FOR[desk]

    for name, mine in inspect.getmembers(desk, inspect.isfunction):
        if name.startswith("_") or (desk.__name__, name) in _ELSEWHERE:
            continue
        real = [getattr(kind, name) for kind in kinds if hasattr(kind, name)]
        assert real, f"{name} is of none of {kinds}"
        assert called(mine) in [called(one) for one in real], f"{name} of {kinds} is called another way"
        assert {inspect.iscoroutinefunction(one) for one in real} == {inspect.iscoroutinefunction(mine)}
