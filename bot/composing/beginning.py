"""A draft begins, begins anew, and is thrown away."""

from collections.abc import Mapping
from dataclasses import replace

from bot.composing import wording
from bot.composing.content import Content, Typed, begun
from bot.composing.keeping import Held, Keeping
from bot.composing.lists import Lists, found
from bot.composing.showing import Showing, creator_of, notes_of
from bot.composing.wording import Screen
from bot.guild.uses_composing import Step
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.records import DraftId


class Beginning:
    """A member has one draft for each creator on each server."""

    def __init__(
        self, *, database: Database, keeping: Keeping, on: Showing, lists: Lists, clock: Clock
    ) -> None:
        self._database = database
        self._keeping = keeping
        self._on = on
        self._lists = lists
        self._clock = clock

    async def open(self, step: Step, typed: Mapping[str, str]) -> Screen:
        """A new one, or the question whether to go on with the one that is there."""
        came = Typed(**{name: value for name, value in typed.items() if value})
        new = await self._begun(step, came)

        async def work(tx: Transaction) -> tuple[Held, DraftId, bool]:
            held = await self._keeping.current(tx, step.holder)
            before = held is not None and not held.content.empty
            if held is None or held.content.empty:
                held = await self._keeping.begin(tx, step.holder, new)
            else:
                waits = None if came == Typed() else came
                held = await self._keeping.note(tx, held, replace(held.content, waits=waits))
            return held, await self._keeping.view(tx, step.holder, held, None), before

        held, ref, before = await self._database.write(work)
        scene = await self._on.scene(step, held, ref)
        return wording.offered(scene, held.row.changed) if before else wording.main(scene, notes_of(held))

    async def go_on(self, step: Step) -> Screen:
        """What there is now."""
        return await self._on.say(step, "")

    async def anew(self, step: Step) -> Screen:
        """A new one in its place, with what came along with the command."""
        seen = await self._database.write(lambda tx: self._keeping.seen(tx, step.ref, step.holder))
        waits = seen.held.content.waits if seen.held is not None else None
        new = await self._begun(step, waits or Typed())

        async def work(tx: Transaction) -> tuple[Held, DraftId, bool]:
            now = await self._keeping.seen(tx, step.ref, step.holder)
            if now.held is not None and not now.current:
                return now.held, await self._on.view(tx, step, now.held), True
            held = await self._keeping.begin(tx, step.holder, new)
            return held, await self._on.view(tx, step, held), False

        held, ref, stale = await self._database.write(work)
        return await self._on.main(step, held, ref, stale=stale)

    async def drop(self, step: Step) -> Screen:
        """None any more; what changed meanwhile is shown first."""

        async def work(tx: Transaction) -> tuple[Held, DraftId] | None:
            seen = await self._keeping.seen(tx, step.ref, step.holder)
            if seen.held is not None and not seen.current:
                return seen.held, await self._on.view(tx, step, seen.held)
            if seen.held is not None:
                await self._keeping.throw_away(tx, seen.held)
            return None

        newer = await self._database.write(work)
        return (
            wording.only(wording.THROWN_AWAY)
            if newer is None
            else await self._on.main(step, *newer, stale=True)
        )

    async def _begun(self, step: Step, typed: Typed) -> Content:
        zone, _chosen = await self._on.zone(step)
        content = begun(typed, self._clock.now(), zone)
        known = await self._lists.of(creator_of(step), fresh=True) if typed.without else None
        if known is None:
            return content
        others = found(known.to, typed.without)
        return replace(content, without=others.lists, sought_without=others.unknown)
