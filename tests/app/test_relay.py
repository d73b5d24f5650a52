"""Whether a forum is age-restricted is not asked for each line."""

import pytest

from bot.app.relay import asked_anew
from bot.engine.process_roles import roles_of


@pytest.mark.parametrize(
    ("role", "shards", "lasts"),
    [
        ("gateway,worker", 1, 0.0),  # its session tells
        ("gateway,worker", 2, 2.0),  # of some servers
        ("worker", 1, 2.0),
        ("all", 1, 0.0),
    ],
)
def test_an_answer_of_discords_holds_for_a_moment_where_not_every_server_is_heard_of(
    role: str, shards: int, lasts: float
) -> None:
    assert asked_anew(roles_of([role]), shards) == lasts
