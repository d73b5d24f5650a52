"""Bugs of several processes on one database: who holds what, and who is gone."""

from tests.proofs.sensitivity.proofs import SelectedTests
from tests.proofs.sensitivity.seeded_source import Bug, Edit

PROCESSES = (
    Bug(
        "the-living-are-taken-for-dead",
        "what another process is sending right now counts as lost",
        (Edit("return await self._crew.gone(tx, holder)", "return True"),),
        (SelectedTests(("tests/relay/test_in_flight.py",), 3.0),),
    ),
    Bug(
        "two-refresh-one-token",
        "a refresh that another process has begun counts as left open by a crash",
        (Edit("        if who == self._crew.me:\n", "        if who:\n"),),
        (SelectedTests(("tests/features/people/accounts/test_refresh_elsewhere.py",), 3.0),),
    ),
    Bug(
        "each-counts-a-route-alone",
        "several processes together call a route more often than Discord takes",
        (
            Edit(
                "call = None if route is None else self.routes.call(route)",
                "call = None",
            ),
        ),
        (SelectedTests(("tests/engine/cluster/test_routes.py",), 3.0),),
    ),
)
