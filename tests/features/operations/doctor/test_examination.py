"""What the examination is given from outside: clock, disk, patience."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.engine.clock import SystemClock
from bot.engine.readiness_probes import LEAST, LITTLE
from bot.features.operations.doctor.check_runner import bounded
from bot.features.operations.doctor.clock_checks import ahead
from bot.features.operations.doctor.examination import DoctorContext, examine
from bot.features.operations.doctor.findings import (
    DoctorFinding,
    DoctorVerdict,
    FindingGroup,
    bad,
    ok,
    unknown,
    warn,
)
from bot.features.operations.doctor.machine_checks import free_space
from bot.features.operations.doctor.report import as_text, exit_code, next_step
from bot.sandbox.free_ports import free_port
from bot.settings.loader import load
from storage.engine.connect import open_database
from tests import postgres
from tests.cli.test_cli import call
from tests.features.operations.doctor.doctor_scenario import DoctorScenario
from tests.settings.test_settings import WHOLE

ON_TIME = "Wed, 25 Nov 2026 03:00:00 GMT"
AT = 1_795_575_600_000  # the same, in milliseconds


@dataclass
class WrongClock:
    """A clock that is so many seconds ahead."""

    seconds: int

    def now(self) -> int:
        """Milliseconds since 1970."""
        return SystemClock().now() + self.seconds * 1000


def names(groups: Sequence[FindingGroup]) -> Mapping[str, DoctorFinding]:
    return {one.name: one for group in groups for one in group.findings}


def premises(
    patient: DoctorScenario, *, ahead_by: int = 0, free: int = LEAST, **changes: str
) -> DoctorContext:
    path = patient.env_file(**changes)
    return DoctorContext(
        settings=load({}, path),
        env_file=path,
        environ={},
        version="1",
        clock=WrongClock(ahead_by),
        random=os.urandom,
        free=lambda _folder: free,
    )


@pytest.mark.asyncio(loop_scope="package")
async def test_a_name_in_the_environment_that_is_nearly_a_setting_is_mentioned(
    patient: DoctorScenario,
) -> None:
    there = replace(premises(patient), environ={"LOGLEVEL": "hush", "LOG_LEVEL": "INFO", "PATH": "/bin"})

    found = names(await examine(there))

    assert (found["LOGLEVEL"].verdict, found["LOGLEVEL"].says) == (
        DoctorVerdict.WARN,
        "is no setting: did you mean LOG_LEVEL?",
    )
    assert "PATH" not in found


@pytest.mark.asyncio(loop_scope="package")
@pytest.mark.parametrize(
    ("seconds", "verdict", "words"),
    [(0, "ok", "right"), (20, "warn", "s ahead"), (90, "bad", "s ahead"), (-90, "bad", "s behind")],
)
async def test_a_wrong_clock_is_told_by_both_sides(
    patient: DoctorScenario, seconds: int, verdict: str, words: str
) -> None:
    found = names(await examine(premises(patient, ahead_by=seconds)))

    for side in ("Discord", "Fanvue"):
        assert found[f"clock, by {side}"].verdict == verdict
        assert words in found[f"clock, by {side}"].says


@pytest.mark.asyncio(loop_scope="package")
async def test_too_little_room_is_told(patient: DoctorScenario) -> None:
    found = names(await examine(premises(patient, free=LEAST - 1)))

    assert found["disk"].verdict is DoctorVerdict.BAD
    assert found["disk"].says.startswith("499 MB free in ")


@pytest.mark.asyncio(loop_scope="package")
async def test_beside_a_database_on_a_server_little_room_is_enough(patient: DoctorScenario) -> None:
    with postgres.fresh() as url:
        enough = names(await examine(premises(patient, free=LITTLE, DATABASE_URL=url)))
        too_little = names(await examine(premises(patient, free=LITTLE - 1, DATABASE_URL=url)))

    assert enough["disk"].verdict is DoctorVerdict.OK
    assert too_little["disk"].verdict is DoctorVerdict.BAD
    assert too_little["disk"].says.startswith("9 MB free in ")


@pytest.mark.asyncio(loop_scope="package")
async def test_a_process_of_another_machine_is_not_called_silent(patient: DoctorScenario) -> None:
    renamed = "UPDATE bridge_members SET name = '1 on 8a616f0db17a'"
    with postgres.fresh() as url:
        database = await open_database(url, now=AT, shared="one")
        await database.write(lambda tx: tx.execute(renamed))
        there = premises(patient, DATABASE_URL=url, ADMIN_LISTEN=f"127.0.0.1:{free_port()}")
        found = names(await examine(there))
        await database.close()

    assert found["bridge"].verdict is DoctorVerdict.UNKNOWN
    assert found["bridge"].says == "runs as process 1 on 8a616f0db17a, which is not asked from here"


def test_the_room_on_a_disk_is_asked_of_the_system(tmp_path: Path) -> None:
    assert free_space(tmp_path) > 0


@pytest.mark.parametrize(
    ("asked", "answered", "seconds"),
    [
        (AT, AT + 200, 0),
        (AT + 999, AT + 999, 0),  # the header has whole seconds
        (AT - 5_000, AT + 4_000, 0),  # written at any time in between
        (AT - 9_000, AT - 8_000, -8),
        (AT + 9_000, AT + 9_500, 8),
    ],
)
def test_how_far_a_clock_is_off(asked: int, answered: int, seconds: float) -> None:
    assert ahead(asked, answered, ON_TIME) == seconds


def test_an_answer_without_a_date_says_nothing() -> None:
    assert ahead(AT, AT, "") is None
    assert ahead(AT, AT, "yesterday") is None


async def test_a_check_that_hangs_is_told_and_ends() -> None:
    async def hangs() -> list[DoctorFinding]:
        await asyncio.Event().wait()
        return []

    assert [one.verdict for one in await bounded("x", hangs, lambda one: [one], seconds=0.0)] == ["unknown"]


async def test_a_check_that_breaks_is_told_without_what_it_was_about() -> None:
    async def breaks() -> list[DoctorFinding]:
        raise ValueError("hush-hush")

    (found,) = await bounded("x", breaks, lambda one: [one])

    assert found.verdict is DoctorVerdict.UNKNOWN
    assert "ValueError" in found.says
    assert "hush" not in found.says


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ([], 0),
        ([ok("a", "b")], 0),
        ([ok("a", "b"), warn("a", "b", "c")], 3),
        ([unknown("a", "b", "c")], 3),
        ([warn("a", "b", "c"), bad("a", "b", "c")], 1),
    ],
)
def test_the_exit_code_is_0_only_if_all_is_well(findings: list[DoctorFinding], code: int) -> None:
    assert exit_code([FindingGroup("g", findings)]) == code


def test_lines_are_aligned_coloured_on_request_and_cannot_steer_a_terminal() -> None:
    groups = [FindingGroup("Evil \x1b[2J", [ok("a", "fine"), bad("longer", "off\r\n", "do it")])]

    assert as_text(groups, colour=False).splitlines() == [
        "Evil  [2J",
        "  ok       a       fine",
        "  bad      longer  off   → do it",
        "",
        "1 bad, 1 ok. Lines with an arrow say what to do.",
        "First, “longer”: do it",
    ]
    assert "\x1b[31mbad    \x1b[0m" in as_text(groups, colour=True)


def test_before_a_start_it_says_that_a_start_is_possible_and_beside_a_running_bridge_nothing() -> None:
    none = unknown("bridge", "none is seen", "Start it")
    people = warn("creators", "nobody is linked", "Run /setup")

    before = next_step([FindingGroup("Addresses", [none]), FindingGroup("People", [people])])
    running = next_step([FindingGroup("Addresses", [ok("bridge", "runs")])])
    wrong = next_step([FindingGroup("Addresses", [none, bad("LISTEN", "in use", "Stop it")])])

    assert (before, running) == ("You can start now: fanvue-bridge run", None)
    assert wrong == "First, “LISTEN”: Stop it"


def test_without_settings_it_names_them_all_as_run_does_and_exits_78(tmp_path: Path) -> None:
    done = call("doctor", cwd=tmp_path, DISCORD_APPLICATION_ID="abc", FANVUE_CLIENT_SECRET="hush-hush")
    as_json = call("doctor", "--json", cwd=tmp_path, DISCORD_APPLICATION_ID="abc")

    assert (done.returncode, as_json.returncode) == (78, 78)
    assert "PUBLIC_URL " in done.stdout
    assert done.stdout.count(" is missing → ") == 8
    assert "hush-hush" not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("First: fanvue-bridge setup asks for")
    assert as_json.stdout.startswith('{"ok": false, "checks": [{"group": "Settings", "name": "DISCORD_TOKEN"')


def test_on_a_machine_without_network_everything_else_is_told(tmp_path: Path) -> None:
    addresses = ("DISCORD_API_URL", "FANVUE_API_URL", "FANVUE_AUTH_URL", "PUBLIC_URL")
    nowhere = dict.fromkeys(addresses, "https://127.0.0.1:1")
    closed = {"ADMIN_LISTEN": "127.0.0.1:1", "XDG_RUNTIME_DIR": str(tmp_path)}

    done = call("doctor", cwd=tmp_path, **{**WHOLE, **nowhere, **closed})

    assert done.returncode == 1
    assert done.stderr == ""
    assert "  ok       database  there is none yet" in done.stdout
    assert done.stdout.count("could not be reached") == 2
    assert done.stdout.count("couldn't reach Discord") == 1
    assert not (tmp_path / "data").exists()
