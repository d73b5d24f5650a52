"""The command `doctor`: reads the settings, has all examined, reports."""

import asyncio
import logging
import os
import sys
from pathlib import Path

from bot.engine.clock import SystemClock
from bot.features.operations.doctor import report
from bot.features.operations.doctor.examination import DoctorContext, examine, wrong_settings
from bot.settings.loader import SettingsError, load

WRONG_SETTINGS = 78  # as `run` ends


def carry_out(env_file: Path, *, as_json: bool, version: str) -> tuple[int, str]:
    """The exit code, and what to print."""
    logging.getLogger("discord").setLevel(logging.ERROR)  # what it warns of is a finding here
    try:
        settings = load(os.environ, env_file)
    except SettingsError as error:
        groups, code = wrong_settings(error), WRONG_SETTINGS
    else:
        premises = DoctorContext(
            settings=settings,
            env_file=env_file,
            environ=os.environ,
            version=version,
            clock=SystemClock(),
            random=os.urandom,
        )
        groups = asyncio.run(examine(premises))
        code = report.exit_code(groups)
    if as_json:
        return code, report.as_json(groups)
    return code, report.as_text(groups, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
