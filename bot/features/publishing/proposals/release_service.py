"""Releases confirmed proposals: at once, or at their time unless cancelled."""

from collections.abc import Callable
from functools import partial

from bot.features.publishing.proposals import texts, waiting_lines
from bot.features.publishing.proposals.model import ProposalKind
from bot.features.publishing.proposals.presses import PART, ProposalPress, wanted_of
from bot.model.draft_source import DraftSourceKind
from bot.model.language import tr
from bot.model.ports import Post
from bot.relay.carried_drafts import DRAFTED, mark_for
from bot.relay.context import Context
from bot.relay.send_effects import outgoing
from storage.database import Transaction
from storage.engine import draft_marks, stream_heads
from storage.inbox import templates
from storage.records import EffectId, Millis


class ProposalReleaseService:
    """Adds the one effect; every method is part of the caller's transaction."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def leave(self, tx: Transaction, press: ProposalPress, feature: ProposalKind) -> Callable[[], Post]:
        """Let it leave; return how its new post is made, in each of its readers' languages.

        While it waits the alerts channel shows it, too.
        """
        hold = press.open.preview.hold
        due = self._ctx.clock.now() + 1000 * hold if hold else 0
        added = await self._ctx.effects.add(tx, wanted_of(press, feature, due=due))
        if added is not None:
            await self._mark(tx, press, added)
        await templates.left(tx, press.open.draft.id, now=self._ctx.clock.now())
        behind = added is not None and await stream_heads.doubted_before(tx, added)
        if hold:
            await waiting_lines.begins(tx, self._ctx.effects, press, feature, due, behind=behind)
        effect = self._ctx.effects.ids.effect(press.open.draft.id, PART)
        return partial(_shown, press, feature, effect, due if hold else None, behind=behind)

    async def _mark(self, tx: Transaction, press: ProposalPress, effect: EffectId) -> None:
        """Keep who drafted it, where no person began it."""
        content, by = press.open.preview.content, press.command
        drafted = content.get(DRAFTED)
        mark = mark_for(drafted, outgoing(content), by.actor) if drafted else None
        if mark is None:
            return
        await draft_marks.put(tx, effect, mark.draft, mark.packed())
        await self._ctx.effects.trail.write(
            tx,
            "plan.sent" if mark.source.kind is DraftSourceKind.PAGE else "draft.sent",
            "confirmed",
            target=mark.packed(),
            actor=by.actor,
            creator=press.link.creator,
            cause=by.id,
        )


def _shown(
    press: ProposalPress, feature: ProposalKind, effect: EffectId, due: Millis | None, *, behind: bool
) -> Post:
    if due is not None:
        return texts.held(press.open.post, feature, due, waiting_lines.stop(effect), behind=behind)
    back = texts.undo(effect, press.open.preview.undo)
    if behind:
        return texts.ended(press.open.post, texts.waits(feature.noun), tr(texts.BEHIND), None, back)
    title = tr("{noun}: on its way", noun=tr(feature.noun))
    return texts.ended(press.open.post, title, tr(texts.FOLLOWED), None, back)
