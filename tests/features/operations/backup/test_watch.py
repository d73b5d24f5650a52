"""Who learns of backups: /readyz, the figures, and the doctor."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.engine.metrics import BridgeMetrics
from bot.features.operations.backup.record import STALE_AFTER, read_record
from bot.features.operations.backup.watch import BackupWatch
from bot.features.operations.doctor.backup_checks import backups
from bot.features.operations.doctor.findings import DoctorVerdict
from tests.features.operations.backup.backup_fixtures import BackupScenario

NOW = 1_795_564_800_000  # 2026-11-25 00:00:00 UTC
HOUR = 3_600_000
GOOD = "made and restored for a trial on"
OLD = NOW - STALE_AFTER - 1


@dataclass(frozen=True)
class StoodClock:
    """It is always the same time."""

    def now(self) -> int:
        return NOW


def watch(described: BackupScenario) -> BackupWatch:
    return BackupWatch(described.state, StoodClock())


def figures(described: BackupScenario) -> Mapping[str, float]:
    text = watch(described).counted(BridgeMetrics()).text().decode()
    found = re.findall(r"^bridge_backup_(\S+) (\S+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found}


def lines(described: BackupScenario, *, since: int = OLD) -> list[tuple[str, str, str]]:
    found = backups(described.settings, since, NOW)
    return [(one.name, one.verdict, one.says) for one in found]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, None),  # backups may be made by other means
        ({"good_at": NOW - HOUR}, None),
        ({"good_at": OLD}, "the last good backup is 2 days old"),
        ({"good_at": NOW - HOUR, "failed_at": NOW}, "the last backup failed or was not proven"),
        ({"good_at": NOW, "offsite_code": 9}, "BACKUP_COMMAND failed with exit code 9"),
        ({"good_at": NOW, "offsite_code": 0}, None),
        ({"good_at": "yesterday"}, "backup.json cannot be read"),
    ],
)
async def test_readyz_says_what_is_wrong(
    described: BackupScenario, known: dict[str, int | None], said: str | None
) -> None:
    described.write(**known)

    found = await watch(described).probe()

    assert (found or "").startswith(said or "")
    assert (found is None) == (said is None)


async def test_the_figures_are_those_of_the_last_good_one(installed: BackupScenario) -> None:
    none = figures(installed)
    installed.takes_away()
    installed.backed_up()
    good = figures(installed)
    installed.takes_away(code=9)
    installed.backed_up()
    failed = figures(installed)

    never = dict.fromkeys(("last_good_timestamp_seconds", "offsite_timestamp_seconds"), 0.0)
    known = read_record(installed.state)
    assert none == {**never, 'failed{what="backup"}': 0, 'failed{what="offsite"}': 0}
    assert good["last_good_timestamp_seconds"] > 0
    assert good["offsite_timestamp_seconds"] >= good["last_good_timestamp_seconds"]
    assert good['failed{what="offsite"}'] == 0
    assert known is not None
    assert known.good_at is not None
    assert failed["last_good_timestamp_seconds"] == known.good_at / 1000
    assert failed["offsite_timestamp_seconds"] == good["offsite_timestamp_seconds"]
    assert failed['failed{what="offsite"}'] == 1


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (
            {"good_at": NOW - HOUR},
            [("backup", "ok", "made and restored for a trial on 2026-11-24 23:00 UTC")],
        ),
        (
            {"good_at": OLD},
            [("backup", "warn", "the last good one is of 2026-11-22 23:59 UTC, over two days ago")],
        ),
        (
            {"good_at": OLD, "failed_at": NOW},
            [
                (
                    "backup",
                    "warn",
                    "that of 2026-11-25 00:00 UTC failed; the last good one is of 2026-11-22 23:59 UTC",
                )
            ],
        ),
        ({}, [("backup", "warn", "none was ever made here")]),
    ],
)
def test_the_doctor_says_how_old_the_last_good_one_is(
    described: BackupScenario, known: dict[str, int | None], said: list[tuple[str, str, str]]
) -> None:
    described.write(**known)

    assert lines(described) == said


def test_the_doctor_asks_for_none_in_the_first_two_days_and_before_the_first_start(
    described: BackupScenario,
) -> None:
    assert lines(described, since=NOW - HOUR) == [
        ("backup", "ok", "none yet, and the database is younger than two days")
    ]
    assert backups(described.settings, None, NOW) == []


@pytest.mark.parametrize(
    ("known", "verdict", "said"),
    [
        ({"offsite_code": 0, "offsite_at": NOW - HOUR}, "ok", "ended well on 2026-11-24 23:00 UTC"),
        ({"offsite_code": 0, "offsite_at": OLD}, "warn", "ended well last on 2026-11-22 23:59 UTC"),
        ({}, "warn", "ended well never"),
        (
            {"offsite_code": 127, "offsite_tried_at": NOW},
            "warn",
            "was not found, or ended with exit code 127 on 2026-11-25 00:00 UTC; well: never",
        ),
    ],
)
def test_the_doctor_says_whether_it_is_anywhere_else(
    described: BackupScenario, known: dict[str, int | None], verdict: str, said: str
) -> None:
    described.takes_away()
    described.write(good_at=NOW, **known)

    name, found, says = lines(described)[1]

    assert (name, found) == ("backup elsewhere", verdict)
    assert says == f"BACKUP_COMMAND {said}"


def test_a_record_that_cannot_be_read_is_not_taken_for_a_good_one(described: BackupScenario) -> None:
    (described.state / "backup.json").write_text("{", encoding="ascii")

    (found,) = backups(described.settings, OLD, NOW)

    assert found.verdict is DoctorVerdict.UNKNOWN
    assert figures(described)["last_good_timestamp_seconds"] == 0
