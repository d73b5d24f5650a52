"""The table of actions is as it is specified by hand."""

import pytest

from bot.access.policy import POLICY, Action
from tests.access.permission_specification import ALLOWED, IN_THREAD, TWICE

pytestmark = pytest.mark.policy


def test_every_action_is_in_the_table_and_in_the_specification() -> None:
    assert set(POLICY) == set(Action) == set(ALLOWED)


def test_visibility_and_the_second_press_are_as_specified() -> None:
    assert {action for action, rule in POLICY.items() if rule.visible == "thread"} == IN_THREAD
    assert {rule.visible for rule in POLICY.values()} == {"private", "thread"}
    assert {action for action, rule in POLICY.items() if rule.twice} == TWICE
