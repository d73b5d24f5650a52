"""/mass-limits: above how many recipients a mass message takes more than a press."""

from collections.abc import Mapping

from bot.access.permits import Permit
from bot.broadcast_safety import reading, wording
from bot.relay.ports import Clock
from bot.relay.trail import Trail
from storage import mass_limits
from storage.database import Database, Transaction


class Setting:
    """Whether somebody may was asked before."""

    def __init__(self, *, database: Database, clock: Clock, trail: Trail) -> None:
        self._database = database
        self._clock = clock
        self._trail = trail

    async def limit(self, permit: Permit, typed: Mapping[str, str]) -> str:
        """Let it hold from now on, by the names of the options; nothing typed says what holds."""
        creator, by = permit.creator, permit.actor.user
        assert creator is not None, "the action is about a creator"
        try:
            wanted = reading.read(typed)
        except ValueError as wrong:
            return str(wrong)

        async def work(tx: Transaction) -> str:
            before = await mass_limits.get(tx, creator)
            if not typed:
                return wording.shown(before)
            limits = wanted(before)
            await mass_limits.put(tx, creator, limits, by=by, now=self._clock.now())
            target = wording.target(limits)
            await self._trail.write(tx, "mass_limits.set", "done", target=target, actor=by, creator=creator)
            return wording.done(limits)

        return await self._database.write(work)
