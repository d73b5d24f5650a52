"""The owner's command takes a good backup away; the one here stays."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from bot.features.operations.backup.offsite import NOT_ALLOWED, NOT_FOUND, TOO_LONG, arguments_for, take_away
from bot.settings.loader import settings_named
from tests.features.operations.backup.backup_fixtures import BackupScenario
from tests.settings.test_settings import problems


def test_a_good_backup_is_taken_away_with_none_of_the_settings(installed: BackupScenario) -> None:
    seen = installed.takes_away("--to", "far away")

    made = installed.backed_up()

    (copy,) = installed.copies
    given = json.loads(seen.read_text())
    assert made.returncode == 0, made.stderr
    assert "a trial restore found its" in made.stdout
    assert made.stdout.splitlines()[-1] == "BACKUP_COMMAND took it to the other place."
    assert made.stderr == "on its way to the other place\n"
    assert given["arguments"] == ["--to", "far away", str(copy)]
    assert set(given["environ"]) & {*settings_named(), "PYTHONPATH"} == set()
    assert installed.record["offsite_code"] == 0
    assert (
        installed.record["good_at"] <= installed.record["offsite_at"] == installed.record["offsite_tried_at"]
    )
    assert installed.record["failed_at"] is None
    assert stat.S_IMODE((installed.state / "backup.json").stat().st_mode) == 0o600


def test_one_that_fails_is_told_of_and_the_backup_is_here(installed: BackupScenario) -> None:
    installed.write(offsite_at=7)
    installed.takes_away(code=9)

    made = installed.backed_up("--keep", "3")

    (copy,) = installed.copies
    assert (made.returncode, made.stdout) == (1, "")
    assert (
        f"BACKUP_COMMAND ended with exit code 9. The backup is here, and nowhere else: {copy}" in made.stderr
    )
    assert "1 of 3 backups are kept" in made.stderr
    assert (installed.record["offsite_code"], installed.record["offsite_at"]) == (9, 7)
    assert installed.record["good_at"] is not None


def test_one_that_moves_the_backup_away_is_told_of(installed: BackupScenario) -> None:
    installed.environ["BACKUP_COMMAND"] = "rm {file}"

    made = installed.backed_up()

    assert made.returncode == 1
    assert "let it copy instead" in made.stderr
    assert installed.record["offsite_code"] == 1


def test_a_failed_command_is_forgotten_once_none_is_set(installed: BackupScenario) -> None:
    installed.write(offsite_code=9, offsite_tried_at=8)

    assert installed.backed_up().returncode == 0
    assert installed.record["offsite_code"] is None


def test_a_backup_that_was_not_proven_is_not_taken_away_and_no_older_one_goes(
    installed: BackupScenario,
) -> None:
    assert installed.backed_up().returncode == 0
    (good,) = installed.copies
    before = installed.record["good_at"]
    seen = installed.takes_away()
    with (installed.state / "bridge.sqlite3").open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * 4096 * 18)

    made = installed.backed_up("--keep", "1")

    assert made.returncode == 1
    assert installed.copies == [good]
    assert not seen.exists()
    assert installed.record["good_at"] == before
    assert installed.record["failed_at"] > before


def test_a_wrong_path_is_no_failure_of_backups(installed: BackupScenario) -> None:
    there = installed.folder / "there.sqlite3"
    there.touch()

    assert installed.backed_up("--to", str(there)).returncode == 1
    assert not (installed.state / "backup.json").exists()


def test_the_path_is_where_it_is_asked_for_and_else_the_last(tmp_path: Path) -> None:
    file = tmp_path / "one two.sqlite3"

    assert arguments_for(["rclone", "copy"], file) == ["rclone", "copy", str(file)]
    assert arguments_for(["x", "--from={file}", "y"], file) == ["x", f"--from={file}", "y"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("a-program-that-is-nowhere",), NOT_FOUND),
        (("/dev/null",), NOT_ALLOWED),
        ((sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"), 128 + 15),
        ((sys.executable, "-c", "input()"), 1),  # nobody answers it
    ],
)
def test_every_end_is_a_code(tmp_path: Path, command: tuple[str, ...], code: int) -> None:
    assert take_away(command, tmp_path / "one", os.environ) == code


def test_one_that_hangs_is_stopped(tmp_path: Path) -> None:
    hangs = (sys.executable, "-c", "import signal; signal.pause()")

    assert take_away(hangs, tmp_path / "one", os.environ, patience=0.2) == TOO_LONG


def test_a_command_whose_quotation_marks_are_open_is_refused() -> None:
    assert problems(BACKUP_COMMAND="rclone 'copy")["BACKUP_COMMAND"] == (
        "must be a command whose quotation marks are closed"
    )
