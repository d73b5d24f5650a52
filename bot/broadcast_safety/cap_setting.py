"""/mass-limits cap, live: how many mass messages a fan gets; what is live."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.access.permits import Permit
from bot.broadcast_safety import left_out_wording as wording
from bot.relay.ports import Clock
from bot.relay.trail import Trail
from storage import mass_caps
from storage.database import Database, Transaction

_CAP = re.compile(r"([0-9]{1,3}) ?(?:in|per|/) ?([0-9]{1,2}) ?(?:days?|d)?")
_MOST, _DAYS, _HOURS = 100, 30, 72
_WRONG_CAP = (
    f"Write a cap as “2 in 7 days”, with at most {_MOST} in at most {_DAYS} days, or “off”. It was not "
    "changed."
)
_WRONG_LIVE = f"Write a number of hours up to {_HOURS}, for example 2. It was not changed."


class CapSetting:
    """Whether somebody may was asked before."""

    def __init__(self, *, database: Database, clock: Clock, trail: Trail) -> None:
        self._database = database
        self._clock = clock
        self._trail = trail

    async def set(self, permit: Permit, typed: Mapping[str, str]) -> str:
        """Let it hold from now on, by the names of the options; nothing typed says what holds."""
        creator, by = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"
        try:
            wanted = read(typed)
        except ValueError as wrong:
            return str(wrong)

        async def work(tx: Transaction) -> str:
            before = await mass_caps.get(tx, creator)
            if not typed:
                return wording.shown(before)
            cap = replace(before, **wanted)  # type: ignore[arg-type]
            await mass_caps.put(tx, creator, cap, by=by, now=self._clock.now())
            target = wording.target(cap)
            await self._trail.write(tx, "mass_limits.cap", "done", target=target, actor=by, creator=creator)
            told = wording.shown(cap)
            return f"From now on: {told[0].lower()}{told[1:]}"

        return await self._database.write(work)


def read(typed: Mapping[str, str]) -> dict[str, int | None]:
    """What was typed, by the fields of `MassCap`. Raises ValueError with what to do instead."""
    wanted: dict[str, int | None] = {}
    if "cap" in typed:
        wanted["most"], days = _cap(typed["cap"])
        wanted |= {} if days is None else {"days": days}
    if "live" in typed:
        plain = typed["live"].strip().casefold().removesuffix("hours").removesuffix("h").strip()
        if re.fullmatch(r"[0-9]{1,3}", plain) is None or not 1 <= int(plain) <= _HOURS:
            raise ValueError(_WRONG_LIVE)
        wanted["live_hours"] = int(plain)
    return wanted


def _cap(typed: str) -> tuple[int | None, int | None]:
    plain = " ".join(typed.casefold().split())
    if plain == wording.OFF:
        return None, None
    found = _CAP.fullmatch(plain)
    if found is None or not (1 <= int(found[1]) <= _MOST and 1 <= int(found[2]) <= _DAYS):
        raise ValueError(_WRONG_CAP)
    return int(found[1]), int(found[2])
