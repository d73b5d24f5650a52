"""Begins, replaces and throws away a draft."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.features.publishing.drafts import texts
from bot.features.publishing.drafts.list_service import DraftListService, found
from bot.features.publishing.drafts.model import DraftContent, DraftInput, DraftStep, begun
from bot.features.publishing.drafts.store import DraftStore, StoredDraft
from bot.features.publishing.drafts.texts import DraftScreen
from bot.features.publishing.drafts.view_service import DraftViewService, creator_of, notes_of
from bot.features.publishing.proposals.model import Also, nothing_else
from bot.model.language import tr
from bot.model.ports import Clock
from storage.database import Database, Transaction
from storage.records import DraftId


class DraftStartService:
    """A member has one draft for each creator on each server."""

    def __init__(
        self,
        *,
        database: Database,
        keeping: DraftStore,
        on: DraftViewService,
        lists: DraftListService,
        clock: Clock,
    ) -> None:
        self._database = database
        self._keeping = keeping
        self._on = on
        self._lists = lists
        self._clock = clock

    async def open(
        self,
        step: DraftStep,
        typed: Mapping[str, str],
        *,
        also: Also = nothing_else,
        drafted: Mapping[str, Any] | None = None,
    ) -> DraftScreen:
        """A new one, or the question whether to go on with the one that is there.

        `drafted`: whose draft came along (`bot.relay.carried_drafts`). `also` is done in the same
        transaction: with what it raises, nothing is begun.
        """
        came = DraftInput(**{name: value for name, value in typed.items() if value})
        new = replace(await self._begun(step, came), drafted=drafted)

        async def work(tx: Transaction) -> tuple[StoredDraft, DraftId, bool]:
            await also(tx)
            held = await self._keeping.current(tx, step.holder)
            before = held is not None and not held.content.empty
            if held is None or held.content.empty:
                held = await self._keeping.begin(tx, step.holder, new)
            else:
                waits = None if came == DraftInput() else came
                content = replace(held.content, waits=waits, waits_drafted=drafted)
                held = await self._keeping.note(tx, held, content)
            return held, await self._keeping.view(tx, step.holder, held, None), before

        held, ref, before = await self._database.write(work)
        scene = await self._on.scene(step, held, ref)
        return texts.offered(scene, held.row.changed) if before else texts.main(scene, notes_of(held))

    async def go_on(self, step: DraftStep) -> DraftScreen:
        return await self._on.say(step, "")

    async def anew(self, step: DraftStep) -> DraftScreen:
        """A new one in its place, with what came along with the command."""
        seen = await self._database.write(lambda tx: self._keeping.seen(tx, step.ref, step.holder))
        before = seen.held.content if seen.held is not None else DraftContent()
        new = replace(await self._begun(step, before.waits or DraftInput()), drafted=before.waits_drafted)

        async def work(tx: Transaction) -> tuple[StoredDraft, DraftId, bool]:
            now = await self._keeping.seen(tx, step.ref, step.holder)
            if now.held is not None and not now.current:
                return now.held, await self._on.view(tx, step, now.held), True
            held = await self._keeping.begin(tx, step.holder, new)
            return held, await self._on.view(tx, step, held), False

        held, ref, stale = await self._database.write(work)
        return await self._on.main(step, held, ref, stale=stale)

    async def drop(self, step: DraftStep) -> DraftScreen:
        """Throw it away; one changed meanwhile is shown first."""

        async def work(tx: Transaction) -> tuple[StoredDraft, DraftId] | None:
            seen = await self._keeping.seen(tx, step.ref, step.holder)
            if seen.held is not None and not seen.current:
                return seen.held, await self._on.view(tx, step, seen.held)
            if seen.held is not None:
                await self._keeping.throw_away(tx, seen.held)
            return None

        newer = await self._database.write(work)
        return (
            texts.only(tr(texts.THROWN_AWAY))
            if newer is None
            else await self._on.main(step, *newer, stale=True)
        )

    async def _begun(self, step: DraftStep, typed: DraftInput) -> DraftContent:
        zone, _chosen = await self._on.zone(step)
        content = begun(typed, self._clock.now(), zone)
        sought = typed.to or typed.without
        known = await self._lists.of(creator_of(step), fresh=True) if sought else None
        if known is None:
            return content
        to, others = found(known.to, typed.to), found(known.to, typed.without)
        return replace(
            content,
            to=to.lists,
            sought_to=to.unknown,
            without=others.lists,
            sought_without=others.unknown,
        )
