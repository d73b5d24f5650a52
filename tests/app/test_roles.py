"""The words after --role."""

import pytest

from bot.engine.process_roles import ALONE, ProcessRole, WrongProcessRole, roles_of


@pytest.mark.parametrize("words", [(), ("all",), ("ALL", "all"), ("all,all",)])
def test_nothing_and_all_are_one_process_alone(words: tuple[str, ...]) -> None:
    assert roles_of(words) == ALONE
    assert roles_of(words).alone


@pytest.mark.parametrize(
    "words", [("web,worker",), ("worker", "web"), (" Web , worker",), ("web", "web,worker")]
)
def test_several_are_named_one_by_one_or_with_commas(words: tuple[str, ...]) -> None:
    roles = roles_of(words)

    assert roles.which == {ProcessRole.WEB, ProcessRole.WORKER}
    assert not roles.alone
    assert str(roles) == "web,worker"


def test_all_three_by_their_names_are_not_alone() -> None:
    assert not roles_of(["gateway,web,worker"]).alone


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("webb",), "no role “webb”: --role is all, or some of gateway, web, worker"),
        (("",), "no role “”"),
        (("web,",), "no role “”"),
        (("all", "web"), "name no other role"),
        (("x" * 50,), f"no role “{'x' * 20}”"),
    ],
)
def test_other_words_are_refused_with_what_there_is(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(WrongProcessRole, match=said):
        roles_of(words)
