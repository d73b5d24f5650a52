"""Looks at what is proposed for a whole creator, whichever feature it is of."""

from collections.abc import Sequence
from dataclasses import replace

from bot.engine.audit_log import AuditLog
from bot.features.inbox.guard import texts
from bot.features.inbox.guard.audit_log import OUTCOMES, GuardAuditLog
from bot.features.inbox.guard.detection import find
from bot.features.inbox.guard.packs import GuardLevel, GuardPack, acting, levels_of, mark_of, strictest
from bot.features.publishing.proposals.decorator import ProposalDecorator
from bot.features.publishing.proposals.model import Content, ProposalKind, ProposalPreview, ProposalRefused
from storage.database import Database, Transaction
from storage.inbox import guard_levels
from storage.records import CreatorId, Link

_SEEN = "guard"


class GuardProposalDecorator(ProposalDecorator):
    """A feature whose texts are looked at in its preview, and once more at the press.

    Nobody decides on held proposals, so what a lead would decide of a reply does not go out to everybody.
    """

    def __init__(self, feature: ProposalKind, *, database: Database, trail: AuditLog) -> None:
        super().__init__(feature)
        self._database = database
        self._noting = GuardAuditLog(trail)

    async def preview(self, link: Link, content: Content) -> ProposalPreview:
        """The feature's own, with what the guard has to say of it. Raises ProposalRefused."""
        acts = await self._acts(link.creator, str(content.get("text") or ""))
        if strictest(acts) in {GuardLevel.HOLD, GuardLevel.BLOCK}:
            raise ProposalRefused(texts.refused_for_all(acts, self.command))
        shown = await self._feature.preview(link, content)
        return replace(
            shown,
            body=(*texts.warned_for_all(acts), *shown.body),
            seen={**shown.seen, _SEEN: mark_of(acts)},
            asks=shown.asks or bool(acts),
        )

    def holds(self, shown: ProposalPreview, now: ProposalPreview) -> bool:
        """The feature's own word, if the guard says what it said."""
        before, after = dict(shown.seen), dict(now.seen)
        same = before.pop(_SEEN, "") == after.pop(_SEEN, "")
        return same and self._feature.holds(replace(shown, seen=before), replace(now, seen=after))

    async def _acts(self, creator: CreatorId, text: str) -> dict[GuardPack, GuardLevel]:
        found = find(text).packs
        if not found:
            return {}

        async def work(tx: Transaction) -> dict[GuardPack, GuardLevel]:
            acts = acting(found, levels_of(await guard_levels.of_creator(tx, creator)))
            if acts:
                level = strictest(acts)
                outcome = OUTCOMES[GuardLevel.BLOCK if level is GuardLevel.HOLD else level]
                await self._noting.for_all(tx, acts, outcome, creator)
            return acts

        return await self._database.write(work)


def guarded(features: Sequence[ProposalKind], *, database: Database, trail: AuditLog) -> list[ProposalKind]:
    return [GuardProposalDecorator(feature, database=database, trail=trail) for feature in features]
