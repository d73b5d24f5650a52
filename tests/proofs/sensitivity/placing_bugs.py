"""Bugs of whose a forum is, and of who sees it."""

from tests.proofs.sensitivity.proofs import SelectedTests
from tests.proofs.sensitivity.seeded_source import Bug, Edit


def _tests(*nodes: str, cost: float = 3.0) -> tuple[SelectedTests]:
    return (SelectedTests(tuple(f"tests/{node}" for node in nodes), cost),)


_ORDERS = _tests("journeys/placing/test_orders.py", cost=20.0)

PLACING = (
    Bug(
        "setup-does-not-ask",
        "where two creators could be meant, the channels become the first one's",
        (
            Edit(
                "    return [*(_about(server, one, name) for one in could), SetupMeaning(None, prepared)]\n",
                "    return [*(_about(server, one, name) for one in could), SetupMeaning(None, prepared)][:1]\n",  # noqa: E501 - the line with its fault
            ),
        ),
        _ORDERS,
    ),
    Bug(
        "link-takes-the-first",
        "of several forums that wait a plain yes takes the first",
        (
            Edit(
                "    if len(rooms.waiting) == 1:\n        room",
                "    if rooms.waiting:\n        room",
            ),
        ),
        _tests("features/people/accounts/test_link_question.py"),
    ),
    Bug(
        "setup-lets-in",
        "whoever manages the server lets a role in by /setup",
        (
            Edit(
                "    if link is None or link.discord_user != by or await",
                "    if link is None or await",
            ),
        ),
        _ORDERS,
    ),
    Bug(
        "link-leaves-open",
        "a forum that a link takes stays open to whoever was let in before",
        (Edit("only = taken and guild == link.guild", "only = False"),),
        _ORDERS,
    ),
    Bug(
        "link-does-not-wait",
        "fans are shown in a forum before it is closed to others",
        (Edit("    await forums.hold(tx, forum.id)\n", ""),),
        _tests("features/people/accounts/test_where_fans_are_shown.py"),
    ),
)
