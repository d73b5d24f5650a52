"""Traces are off until a setting says where to; then what is missing is said."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.sandbox.program import ProgramFailed
from bot.sandbox.stage import staged
from tests.architecture.source_tree import TOP
from tests.database_place import settings_in
from tests.journeys.conftest import SPEED
from tests.warm_bridge import WarmProgram

_LIBRARY = ("opentelemetry", "requests", "google.protobuf")


def test_a_bridge_without_the_setting_loads_nothing_of_it() -> None:
    code = (
        "from bot.app.preload import load; load(); import sys; "
        f"print([name for name in {_LIBRARY!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stdout == "[]\n", done.stderr


def test_without_the_extra_a_start_says_what_to_install() -> None:
    code = (
        "import sys; from tests.architecture.hidden_tools import Hidden; "
        "sys.meta_path.insert(0, Hidden(frozenset({'opentelemetry'}))); "
        "from bot.features.operations.telemetry.service import sender_of; "
        "from bot.features.operations.telemetry.errors import TelemetryUnavailable; "
        "from bot.settings.model import Settings\n"
        "try: sender_of(Settings.model_construct(), 'all')\n"
        "except TelemetryUnavailable as error: print(error)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, text=True, timeout=60, check=False
    )

    assert "./run extra telemetry" in done.stdout, done.stderr
    assert "pip install 'fanvue-discord-bridge[telemetry]'" in done.stdout


async def test_a_wrong_value_of_the_librarys_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    wrong = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_BSP_MAX_QUEUE_SIZE": "0"}

    with pytest.raises(ProgramFailed, match="ended with 78") as failed:
        async with staged(tmp_path, WarmProgram, speed=SPEED, seed=7, **settings_in(tmp_path), **wrong):
            pass

    assert "begins with OTEL_ has a wrong value" in str(failed.value)
