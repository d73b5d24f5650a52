"""What a start would say now: the settings as `run` reads them, and this machine."""

from collections.abc import Collection, Iterable, Sequence

from bot.engine.readiness_probes import LEAST, LITTLE
from bot.features.operations.doctor import machine_checks
from bot.features.operations.doctor.findings import DoctorFinding, bad
from bot.features.operations.doctor.reach_checks import callbacks
from bot.features.operations.installation.env_store import EnvStore
from bot.settings.loader import SettingsError, load
from bot.settings.model import Settings
from bot.settings.problem_texts import SettingProblem
from storage.engine.connect import site_of
from storage.errors import StorageError


def start_problems(store: EnvStore, waiting: Collection[str]) -> Sequence[SettingProblem]:
    """What is wrong with the settings, apart from what the next answer brings."""
    try:
        load(store.environ, store.file)
    except SettingsError as error:
        return [one for one in error.problems if one.name not in waiting]
    return ()


def machine_findings(settings: Settings) -> Iterable[DoctorFinding]:
    """The doctor's lines about the disk and about addresses that must fit together."""
    try:
        site = site_of(settings.database_url)
    except StorageError as error:
        return [bad("database", str(error), "Correct DATABASE_URL.")]
    place = site.file or settings.state_folder() / "identify.json"
    least = LEAST if site.file else LITTLE
    return [*machine_checks.disk(place, machine_checks.free_space, least), *callbacks(settings)]


def was_started(settings: Settings) -> bool:
    """Whether a bridge was ever started with these settings."""
    try:
        return site_of(settings.database_url).exists()
    except StorageError:
        return True  # it may be there: nothing that it depends on is made anew
