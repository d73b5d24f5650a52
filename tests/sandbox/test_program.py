"""When a bridge that was started counts as ready."""

import pytest

from bot.sandbox.program import is_ready

STOOD_STILL = "The event loop stood still for 1.2 s."
OK = 200
FAILING = 503


@pytest.mark.parametrize(
    ("status", "checks", "ready"),
    [
        pytest.param(OK, {"tasks": "ok", "discord": "ok"}, True, id="all is well"),
        pytest.param(OK, {"tasks": "ok", "clock": "two seconds late"}, True, id="weakened only"),
        pytest.param(
            FAILING, {"tasks": STOOD_STILL, "discord": "ok"}, True, id="it stood still at its start"
        ),
        pytest.param(FAILING, {"tasks": STOOD_STILL, "discord": "not connected"}, False, id="and more"),
        pytest.param(FAILING, {"tasks": "The task hangs.", "discord": "ok"}, False, id="a task hangs"),
    ],
)
def test_a_moment_of_a_busy_machine_keeps_no_start_waiting(
    status: int, checks: dict[str, str], *, ready: bool
) -> None:
    assert is_ready(status, {"checks": checks}) is ready
