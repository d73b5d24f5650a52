"""Stage 0: what shows without a sign-in, and the bridge's own address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import FanvueError
from bot.fanvue.inspection import speak
from bot.fanvue.operations import OPERATIONS, ApiSurface
from bot.fanvue.signature import HEADER, sign
from bot.fanvue.surfaces import V1
from bot.features.operations.doctor import fanvue_checks
from bot.features.operations.doctor.check_runner import bounded
from bot.features.operations.doctor.counter_checks import counted_webhooks
from bot.features.operations.doctor.findings import DoctorFinding, DoctorVerdict
from bot.features.operations.doctor.reach_checks import OURS, fetched
from bot.features.operations.live_check.reads import READS
from bot.features.operations.live_check.record import LiveStep, Look
from bot.model.ports import Clock
from bot.settings.model import Settings
from bot.settings.value_rules import WEBHOOK_PATH

_NOWHERE: Final = "/a-path-that-is-not-there"
_NOBODY: Final = "00000000-0000-4000-8000-000000000000"
_THERE, _NOT_THERE, _TOO_MANY = (401, 403), 404, 429
_LONG_AGO: Final = 600  # seconds; twice what a signature may be old
_REFUSED: Final = 401


@dataclass(frozen=True)
class OutsideLook:
    """Looks as anybody could; nothing is signed in, and nothing changes."""

    settings: Settings
    fanvue: FanvueClient
    why_no_consent: Look
    clock: Clock

    def steps(self) -> Mapping[str, Look]:
        return {
            "version": self._version,
            "sign-in": self.why_no_consent,
            "generations": self._generations,
            "webhook address": self._address,
        }

    async def _version(self) -> LiveStep:
        async def spoken() -> None:
            await speak(self.fanvue)

        return as_step(await fanvue_checks.api(spoken, self.settings.fanvue_api_version))

    async def _generations(self) -> LiveStep:
        """Every path that the bridge reads, on both generations, by what an unsigned GET is answered."""
        found: dict[str, dict[str, int]] = {}
        for surface in ApiSurface:
            prefix = V1 if surface is ApiSurface.V1 else ""
            asked = {"": prefix + _NOWHERE} | {read.name: prefix + _path_of(read.name) for read in READS}
            found[surface.value] = {name: await self._status(path) for name, path in asked.items()}
        return _judged(found)

    async def _status(self, path: str) -> int:
        try:
            return await self.fanvue.asks(path)
        except FanvueError:
            return 0

    async def _address(self) -> LiveStep:
        """The bridge's own address, as Fanvue would call it: a look, an unsigned body, an old signature."""
        url = self.settings.public_url + WEBHOOK_PATH
        looked = await fetched(url)
        if looked != OURS:
            said = looked if isinstance(looked, str) else f"something else answers, with status {looked[0]}"
            return LiveStep(DoctorVerdict.BAD, said, "See the line PUBLIC_URL of fanvue-bridge doctor.")
        unsigned = _status_in(await _posted(url, {}))
        seen: dict[str, Any] = {"get": 200, "unsigned": unsigned}
        said = f"GET 200, an unsigned POST {unsigned or 'no answer'}"
        secrets = [one.get_secret_value() for one in self.settings.fanvue_webhook_secrets]
        if secrets:
            known = await self._recognised(url, secrets[0])
            seen["signature_known"] = known
            said += f", its own signature {_SIGNED[known]}"
        good = unsigned in (200, _REFUSED) and seen.get("signature_known") is not False
        verdict = DoctorVerdict.OK if good else DoctorVerdict.BAD
        do = "" if good else "Let the proxy pass bodies and headers on as they are."
        return LiveStep(verdict, said, do, seen, {"probe": said})

    async def _recognised(self, url: str, secret: str) -> bool | None:
        """Whether a right signature arrives as such; it is an old one, so that nothing is kept."""
        before = await counted_webhooks(self.settings)
        header = sign(b"{}", secret, self.clock.now() // 1000 - _LONG_AGO)
        await _posted(url, {HEADER: header})
        after = await counted_webhooks(self.settings)
        if before is None or after is None:
            return None
        return after.get("stale", 0) > before.get("stale", 0)


_SIGNED: Final = {
    True: "is recognised",
    False: "is not recognised",
    None: "was sent; /metrics of the bridge could not be asked",
}


def as_step(findings: Sequence[DoctorFinding]) -> LiveStep:
    """A check of the ordinary doctor, as a step."""
    (one,) = findings
    return LiveStep(one.verdict, one.says, one.do)


async def bounded_step(name: str, look: Look) -> LiveStep:
    """A step that can neither hang nor break the others."""
    return await bounded(name, look, lambda told: as_step([told]), seconds=_LONGEST)


_LONGEST: Final = 15 * 60.0  # seconds; a spent limit is waited for


def there(step: LiveStep | None) -> Sequence[ApiSurface]:
    """The generations that a look from outside found, or all of them where it could not tell."""
    known = None if step is None else step.seen.get("there")
    return [one for one in ApiSurface if not isinstance(known, dict) or known.get(one.value, True)]


def _judged(found: Mapping[str, Mapping[str, int]]) -> LiveStep:
    """401 is there, 404 is not: where Fanvue tells the two apart without a sign-in."""
    seen: dict[str, Any] = {"statuses": {name: dict(one) for name, one in found.items()}}
    if any(0 in one.values() or _TOO_MANY in one.values() for one in found.values()):
        said = "Fanvue did not answer each time when asked without a sign-in"
        return LiveStep(DoctorVerdict.UNKNOWN, said, "Ask again later.", seen)
    telling = {name: one[""] == _NOT_THERE for name, one in found.items()}
    paths = {
        name: sorted(read for read, status in one.items() if read and status in _THERE)
        for name, one in found.items()
    }
    seen["there"] = {name: bool(paths[name]) or not telling[name] for name in found}
    gone = [name for name, here in seen["there"].items() if not here]
    v1 = ApiSurface.V1.value
    new = _new_roads(paths[v1]) if telling[v1] else []
    answers = {"surfaces": f"gone: {', '.join(gone)}" if gone else "both are there"}
    if telling[v1] and seen["there"][v1]:
        answers["roads"] = ", ".join(new) or "none"
    said = answers["surfaces"] + (f"; on /v1 too: {', '.join(new)}" if new else "")
    if not all(telling.values()):
        said += "; a path that is not there is refused like the others, so nothing is known of single paths"
    return LiveStep(DoctorVerdict.WARN if gone else DoctorVerdict.OK, said, "", seen, answers)


def _new_roads(names: Sequence[str]) -> Sequence[str]:
    """Reads that the bridge makes without /v1. A path that another operation has there says nothing."""
    known = {way.path for way in OPERATIONS.values() if way.v1 is not None}
    return [name for name in names if OPERATIONS[name].v1 is None and OPERATIONS[name].path not in known]


def _path_of(name: str) -> str:
    way = OPERATIONS[name].path
    return "/".join(_NOBODY if part.startswith("{") else part for part in way.split("/"))


async def _posted(url: str, headers: Mapping[str, str]) -> tuple[int, bytes] | str:
    """An empty event."""
    return await fetched(url, "POST", data=b"{}", headers={"Content-Type": "application/json", **headers})


def _status_in(answer: tuple[int, bytes] | str) -> int:
    return 0 if isinstance(answer, str) else answer[0]
