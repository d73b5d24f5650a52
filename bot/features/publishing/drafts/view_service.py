"""The one message of a draft: a step where it is current, else shown again."""

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from bot.features.publishing.drafts import texts
from bot.features.publishing.drafts.list_service import DraftListService
from bot.features.publishing.drafts.model import DraftContent, DraftStep
from bot.features.publishing.drafts.store import DraftStore, StoredDraft
from bot.features.publishing.drafts.texts import DraftChoiceTexts, DraftScene, DraftScreen
from bot.model.choices import Choice
from bot.model.language import tr
from bot.relay.context import Context
from bot.text.time_zones import DEFAULT_ZONE, zone_of
from storage.database import Transaction
from storage.money import digests
from storage.records import CreatorId, DraftId


class DraftViewService:
    """Every step reads and writes in one transaction; a screen's other data is read after it."""

    def __init__(self, ctx: Context, *, keeping: DraftStore, lists: DraftListService) -> None:
        self._ctx = ctx
        self._keeping = keeping
        self._lists = lists

    async def written(self, step: DraftStep) -> DraftContent | None:
        """The content a window begins with; None where the message is not up to date."""
        seen = await self._ctx.database.write(lambda tx: self._keeping.seen(tx, step.ref, step.holder))
        return seen.held.content if seen.held is not None and seen.current else None

    async def say(self, step: DraftStep, sentence: str) -> DraftScreen:
        """The current draft, and why it went no further."""

        async def work(tx: Transaction) -> tuple[StoredDraft, DraftId, bool] | None:
            seen = await self._keeping.seen(tx, step.ref, step.holder)
            if seen.held is None:
                return None
            held = await self._keeping.arrived(tx, seen.held)
            return held, await self.view(tx, step, held), not seen.current

        shown = await self._ctx.database.write(work)
        if shown is None:
            return texts.only(tr(texts.GONE))
        held, ref, stale = shown
        return await self.main(step, held, ref, stale=stale, notes=(sentence,) if sentence else ())

    async def change(
        self,
        step: DraftStep,
        change: Callable[[DraftContent], DraftContent],
        *,
        notes: Sequence[str] = (),
        back: str = "",
    ) -> DraftScreen:
        """Take the step, if the message is up to date; `back`: the typed text, in case it is not."""

        async def work(tx: Transaction) -> tuple[StoredDraft, DraftId, bool] | None:
            seen = await self._keeping.seen(tx, step.ref, step.holder)
            if seen.held is None:
                return None
            held = seen.held
            if seen.current:
                held = await self._keeping.change(tx, held, change(held.content))
            held = await self._keeping.arrived(tx, held)
            return held, await self.view(tx, step, held), not seen.current

        shown = await self._ctx.database.write(work)
        if shown is None:
            return texts.only(tr(texts.GONE), back)
        held, ref, stale = shown
        return await self.main(step, held, ref, stale=stale, notes=notes, back=back if stale else "")

    async def picking(
        self,
        step: DraftStep,
        choices: Callable[[DraftId, DraftContent], tuple[Choice, ...]],
        words: DraftChoiceTexts,
    ) -> DraftScreen:
        """Something to choose from, in its place."""
        content = await self.written(step)
        if content is None:
            return await self.say(step, "")
        return texts.picking(step.ref, choices(step.ref, content), words)

    async def main(
        self,
        step: DraftStep,
        held: StoredDraft,
        ref: DraftId,
        *,
        stale: bool,
        notes: Sequence[str] = (),
        back: str = "",
    ) -> DraftScreen:
        """The draft itself; `stale`: the message showed something older."""
        scene = await self.scene(step, held, ref)
        newer = (tr(texts.STALE, at=held.row.changed // 1000),) if stale else ()
        return texts.main(scene, (*newer, *notes_of(held), *notes), back)

    async def view(self, tx: Transaction, step: DraftStep, held: StoredDraft) -> DraftId:
        """The reference that the message has from now on."""
        return await self._keeping.view(tx, step.holder, held, step.ref)

    async def scene(self, step: DraftStep, held: StoredDraft, ref: DraftId) -> DraftScene:
        """The data of a screen."""
        zone, chosen = await self.zone(step)
        known = await self._lists.of(creator_of(step))
        return DraftScene(ref, step.handle, held.content, known, self._ctx.clock.now(), zone, chosen)

    async def zone(self, step: DraftStep) -> tuple[ZoneInfo, bool]:
        """In which zone times are meant, and whether somebody chose it."""
        name = await self._ctx.database.read(lambda tx: digests.zone(tx, creator_of(step)))
        return zone_of(name or DEFAULT_ZONE), name is not None


def creator_of(step: DraftStep) -> CreatorId:
    assert step.holder.creator is not None, "it is about a creator"
    return step.holder.creator


def notes_of(held: StoredDraft) -> tuple[str, ...]:
    """The notes to read before it is sent."""
    sent = () if held.sent_at is None else (f"⚠️ {tr(texts.SENT_BEFORE, at=held.sent_at // 1000)}",)
    waits = (texts.waits(held.waits),) if held.waits else ()
    return (*sent, *waits, *((f"⚠️ {held.note}",) if held.note else ()))
