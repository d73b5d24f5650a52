"""The units of `deploy/systemd`: what they run, and how little they may do."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.main import _parser
from bot.features.operations.backup.offsite import PATIENCE
from bot.features.operations.doctor.report import SOMETHING_TO_LOOK_AT
from bot.settings.model import Settings
from tests.architecture.source_tree import TOP

FOLDER = TOP / "deploy" / "systemd"
SERVICES = ("fanvue-bridge", "fanvue-bridge-backup", "fanvue-bridge-doctor")
TIMERS = SERVICES[1:]
PROGRAM = "/opt/fanvue-bridge/.venv/bin/fanvue-bridge"
MOST_EXPOSED = 2.0
NEEDED = "/proc/locks"  # of which the bridge reads who has its database
ANALYZE = shutil.which("systemd-analyze")


def unit(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def value(service: str, name: str) -> str:
    """What a unit says once under this name."""
    (found,) = re.findall(rf"^{name}=(.*)$", unit(f"{service}.service"), re.MULTILINE)
    return str(found)


def sandbox_of(service: str) -> str:
    """The lines about what a unit may do."""
    lines = unit(f"{service}.service").partition("# What it may do:")[2]
    return lines.partition("\n[Install]")[0].strip()


def analyzed(*arguments: str) -> subprocess.CompletedProcess[str]:
    if ANALYZE is None:
        pytest.skip("systemd-analyze is not installed here; apt install systemd")
    return subprocess.run([ANALYZE, *arguments], capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("service", SERVICES)
def test_it_runs_a_command_of_the_program_with_the_settings_of_etc(service: str) -> None:
    program, *words = shlex.split(value(service, "ExecStart"))

    options = _parser().parse_args(words)
    assert program == PROGRAM
    assert options.env_file == Path("/etc/fanvue-bridge/env")


@pytest.mark.parametrize("service", SERVICES)
def test_it_is_hardly_exposed(service: str) -> None:
    done = analyzed("security", "--offline=true", "--no-pager", str(FOLDER / f"{service}.service"))

    (level,) = re.findall(r"Overall exposure level for \S+: (\d+\.\d+)", done.stdout)
    assert float(level) <= MOST_EXPOSED


def test_systemd_finds_nothing_wrong_with_them(tmp_path: Path) -> None:
    program = tmp_path / "fanvue-bridge"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    for file in FOLDER.iterdir():
        text = unit(file.name).replace(PROGRAM, str(program))
        (tmp_path / file.name).write_text(text, encoding="utf-8")

    units = sorted(str(path) for path in tmp_path.iterdir() if path.suffix in {".service", ".timer"})
    done = analyzed("verify", *units)

    assert len(units) == len(SERVICES) + len(TIMERS)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_all_three_are_one_user_in_one_sandbox() -> None:
    (sandbox,) = {sandbox_of(service) for service in SERVICES}

    assert "CapabilityBoundingSet=\n" in sandbox
    assert "ProcSubset" not in sandbox, f"it hides {NEEDED}"
    assert {value(service, "User") for service in SERVICES} == {"fanvue-bridge"}
    assert re.findall(r"^u (\S+)", unit("fanvue-bridge.sysusers"), re.MULTILINE) == ["fanvue-bridge"]


def test_the_defaults_are_in_the_folder_that_it_may_write() -> None:
    for service in SERVICES:
        assert value(service, "WorkingDirectory") == f"/var/lib/{value(service, 'StateDirectory')}"
    assert Settings.model_fields["database_url"].default.startswith("sqlite:///data/")
    assert Settings.model_fields["state_dir"].default is None


def test_it_has_time_to_stop_and_is_not_started_again_for_nothing() -> None:
    page = (TOP / "docs" / "operating.md").read_text(encoding="utf-8")

    (useless,) = re.findall(r"not after (\d+) and (\d+)\.", page)
    assert int(value("fanvue-bridge", "TimeoutStopSec")) > Settings.model_fields["drain_seconds"].default
    assert tuple(value("fanvue-bridge", "RestartPreventExitStatus").split()) == useless
    assert value("fanvue-bridge-doctor", "SuccessExitStatus") == str(SOMETHING_TO_LOOK_AT)
    assert int(value("fanvue-bridge-backup", "TimeoutStartSec").removesuffix("h")) * 3600 > PATIENCE


@pytest.mark.parametrize("timer", TIMERS)
def test_a_timer_has_its_service_and_makes_up_for_what_it_missed(timer: str) -> None:
    text = unit(f"{timer}.timer")

    assert (FOLDER / f"{timer}.service").is_file()
    assert "Persistent=yes" in text
    (when,) = re.findall(r"^OnCalendar=(.*)$", text, re.MULTILINE)
    assert analyzed("calendar", when).returncode == 0
