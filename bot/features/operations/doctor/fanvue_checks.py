"""Fanvue: does it answer, in our version; does it know the app; was anything new."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime

from bot.fanvue.addresses import KeptAddresses, read_addresses
from bot.fanvue.errors import FanvueError, RequestInvalid, RequestNotSent, VersionRetired
from bot.fanvue.operations import ApiSurface
from bot.fanvue.proven import read_proven
from bot.fanvue.surfaces import Asks, guessed_reads, is_gone, lost, lost_names
from bot.features.operations.doctor.findings import DoctorFinding, bad, ok, unknown, warn
from bot.features.operations.doctor.snapshot import DoctorSnapshot
from bot.settings.model import Settings
from storage.operations.fanvue_drift import MOST
from storage.records import Millis

_NEWS: Millis = 30 * 86_400_000  # so long it is news; afterwards it is known, and is only said
_LOOK = "Run fanvue-bridge doctor --live, and look for a newer version of the bridge."
_NETWORK = "Check this machine's network and FANVUE_API_URL."
_APP = (
    "Compare FANVUE_CLIENT_ID, FANVUE_REDIRECT_URI and FANVUE_SCOPES with the app in Fanvue's Developer Area."
)


async def api(speak: Callable[[], Awaitable[None]], version: str) -> Sequence[DoctorFinding]:
    """One request without a sign-in."""
    name = "API"
    try:
        await speak()
    except VersionRetired as error:
        said = f"Fanvue retired version {version}; it names {error.next_version or 'no other'}"
        return [bad(name, said, "Update the bridge, or set FANVUE_API_VERSION to the version it names.")]
    except RequestInvalid as error:
        why = "; ".join(error.reasons).replace("\\", "") or "no reason given"  # a terminal reads no markdown
        said = f"Fanvue does not accept version {version}: {why}"
        return [bad(name, said, "Remove FANVUE_API_VERSION from the settings, or update the bridge.")]
    except RequestNotSent as error:
        return [bad(name, error.reason, _NETWORK)]
    except FanvueError as error:
        return [unknown(name, error.reason, "Ask again later.")]
    return [ok(name, f"answers, and accepts version {version}")]


async def addresses(asks: Asks, settings: Settings) -> Sequence[DoctorFinding]:
    """The addresses now, and what the bridge found out about them."""
    return await surfaces(asks, settings.fanvue_api_prefix, read_addresses(settings.state_folder()))


async def surfaces(asks: Asks, prefix: str, kept: KeptAddresses | None = None) -> Sequence[DoctorFinding]:
    """Are both generations of the API there? Asked without a sign-in: 401 is there, 404 is not."""
    v1, older = await is_gone(asks, ApiSurface.V1), await is_gone(asks, ApiSurface.UNVERSIONED)
    if v1 is None or older is None:
        return [unknown("addresses", "Fanvue did not answer properly when asked", "Ask again later.")]
    if v1 and older:
        return [bad("addresses", "Fanvue knows neither /v1 nor the paths without it", _NETWORK)]
    if older:
        return [_without_older(await guessed_reads(asks), kept)]
    if v1:
        said = "Fanvue does not know /v1; the paths without it are used"
        return [warn("addresses", said, "Set FANVUE_API_PREFIX to nothing, and check FANVUE_API_URL.")]
    return [ok("addresses", f"/v1 and the paths without it answer; {prefix or 'the latter'} first")]


def proven(settings: Settings) -> Sequence[DoctorFinding]:
    """What a live check has found out here; nothing where there was none, as it is no duty."""
    facts = read_proven(settings.state_folder())
    if facts is None:
        return []
    said = f"made on {_day(facts.at)}: {facts.answered} of {facts.asked} open questions answered"
    version = settings.fanvue_api_version
    fields = [f"{name} on {surface.value}" for surface, name in facts.fields_for(version).items()]
    said += f"; lists are named by {', '.join(fields)}" if fields else ""
    return [ok("live check", said)]


def _without_older(reads: Mapping[str, bool] | None, kept: KeptAddresses | None) -> DoctorFinding:
    """What has no known road on /v1 is tried there; a read shows without a sign-in whether that works.

    What the bridge tried itself is told with the day of the last news.
    """
    tried = {} if kept is None else {name: there for name, (there, _at) in kept.guessed.items()}
    found = {**(reads or {}), **tried}
    said = "Fanvue gave up the paths without /v1; what had only these is tried under /v1"
    missing = lost([name for name in lost_names() if found.get(name, True)])
    said += f". Not there: {'; '.join(missing)}" if missing else ""
    if kept is not None and tried:
        there = sum(tried.values())
        said += f". Tried by the bridge until {_day(kept.at)}: {there} of {len(tried)} are there"
    return warn("addresses", said, "Update the bridge: newer versions may know more ways.")


def _day(at: Millis) -> str:
    return f"{datetime.fromtimestamp(at // 1000, UTC):%Y-%m-%d}"


async def app(why_not: Callable[[], Awaitable[str | None]]) -> Sequence[DoctorFinding]:
    """Would a sign-in begin? Asked as a browser does, without anybody signing in."""
    name = "app"
    try:
        refused = await why_not()
    except RequestNotSent as error:
        return [bad(name, error.reason, "Check this machine's network and FANVUE_AUTH_URL.")]
    except FanvueError as error:
        return [unknown(name, error.reason, "Ask again later.")]
    if refused is not None:
        return [bad(name, f"Fanvue would refuse every /link: {refused}", _APP)]
    return [ok(name, "its id, redirect address and scopes are accepted; its secret shows at /link")]


def known(settings: Settings, memory: DoctorSnapshot | None, now: Millis) -> Sequence[DoctorFinding]:
    """What this installation has learned of Fanvue so far."""
    return [*answers(memory, now), *proven(settings)]


def answers(memory: DoctorSnapshot | None, now: Millis) -> Sequence[DoctorFinding]:
    """How many things were new, and the newest; nothing where none was: nobody knows all that may come."""
    if memory is None or not memory.drift:
        return []
    name, newest, number = "Fanvue's answers", memory.drift[0], len(memory.drift)
    many = "1 thing in them was new" if number == 1 else f"{number} things in them were new"
    full = "; no more are kept" if number >= MOST else ""
    said = (
        f"{many}{full}. The newest came on {_day(newest.seen_at)} under version {newest.contract}: "
        f"{newest.operation}, {newest.kind}, {newest.what}"
    )
    return [warn(name, said, _LOOK) if now - newest.seen_at < _NEWS else ok(name, said)]
