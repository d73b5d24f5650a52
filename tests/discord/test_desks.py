"""Whoever stands at a desk for a service is called as that one is."""

import inspect
from typing import Any

import pytest

from bot.discord.context import SessionListener, TypedMessageListener
from bot.features.inbox.claims.service import ClaimService
from tests.architecture.services import asked_services
from tests.discord.desk import Desk
from tests.discord.desk_answers import NamedAnswers, answering
from tests.discord.desk_services import desk_services

# Of the one who is the bot's listener too (mypy holds those to their protocols), and waits for a test.
_ELSEWHERE = {("DeskTyped", name) for kind in (SessionListener, TypedMessageListener) for name in vars(kind)}
_ELSEWHERE.add(("DeskTyped", "until"))

AT_THE_DESK = desk_services(Desk())


def called(method: Any) -> list[inspect.Parameter]:
    """How it is called: each parameter's name, kind, type and what it is without being given."""
    return list(inspect.signature(method).parameters.values())


def test_a_desk_has_every_service_and_no_other() -> None:
    assert sorted(one.__name__ for one in AT_THE_DESK.keys() ^ asked_services()) == []


@pytest.mark.parametrize("service", AT_THE_DESK, ids=lambda one: one.__name__)
def test_what_a_desk_has_is_called_as_the_real_one_is(service: type[Any]) -> None:
    stands_for = [kind for kind, one in AT_THE_DESK.items() if type(one) is type(AT_THE_DESK[service])]
    desk = type(AT_THE_DESK[service])
    if desk is NamedAnswers:  # is told its real one, and is called as that one is or not at all
        stands_for = [service]

    for name, mine in inspect.getmembers(AT_THE_DESK[service], inspect.isroutine):
        if name.startswith("_") or (desk.__name__, name) in _ELSEWHERE:
            continue
        real = [getattr(kind, name) for kind in stands_for if hasattr(kind, name)]
        assert real, f"{name} is of none of {stands_for}"
        given = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD), *called(mine)]
        assert given in [called(one) for one in real], f"{name} of {stands_for} is called another way"
        assert {inspect.iscoroutinefunction(one) for one in real} == {inspect.iscoroutinefunction(mine)}


async def test_what_is_only_answered_is_asked_with_what_it_names() -> None:
    one = answering(ClaimService, claim=lambda actor: f"Yours, {actor}.", release="Released.")[ClaimService]

    assert await one.claim(7, channel=8) == "Yours, 7."
    assert await one.release(7, 8) == "Released."


async def test_what_is_only_answered_is_not_called_another_way() -> None:
    one = answering(ClaimService, claim="Yours.")[ClaimService]

    with pytest.raises(TypeError, match="missing a required argument: 'channel'"):
        await one.claim(7)


def test_an_answer_that_no_service_gives_is_refused() -> None:
    with pytest.raises(AttributeError, match=r"\['buy'\]"):
        answering(ClaimService, buy="Bought.")
    with pytest.raises(TypeError, match=r"is not called with \['money'\]"):
        answering(ClaimService, claim=lambda money: f"{money}?")
