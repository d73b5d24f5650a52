"""Which drafts leave by a rule, and when: a row beside each draft, settled once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.sending_pauses import why_not
from bot.features.operations.draft_rules.model import KINDS
from bot.features.operations.draft_rules.rules import covers, day_begun
from bot.model.draft_source import DraftKind
from bot.relay.context import Context
from bot.relay.scheduled_replies import zone_in
from storage.database import Transaction
from storage.engine import drafts
from storage.engine.drafts import Draft
from storage.people import creators, draft_rules
from storage.people.draft_rules import DraftRule
from storage.records import CreatorId, DiscordId, DraftId, LinkState, Millis

SENT, STAYS = "sent", "stays"
_PART = "rule"
_MINUTE: Millis = 60_000


@dataclass(frozen=True)
class DraftTurn:
    """A draft that leaves at a time. `row`: of the turn itself."""

    row: Draft
    kind: DraftKind
    draft: DraftId
    due: Millis


class DraftRuleTurns:
    """Every method is part of the caller's transaction."""

    def __init__(self, ctx: Context) -> None:
        """`divisor` shortens the waits."""
        self._minute = round(_MINUTE / ctx.divisor)
        self._derived = ctx.effects.ids
        self._ctx = ctx

    @property
    def now(self) -> Millis:
        """The moment of asking."""
        return self._ctx.clock.now()

    async def leaves_at(
        self, tx: Transaction, kind: DraftKind, creator: CreatorId, ref: DraftId
    ) -> Millis | None:
        """When a draft that is being written leaves by a rule; None: a person sends it."""
        rule = await in_force(tx, creator, kind)
        if rule is None:
            return None
        now = self._ctx.clock.now()
        due = now + rule.wait * self._minute
        if await why_not(tx, creator, rule.by) is not None:
            return None
        if await self.why_not(tx, rule, due, before=await self._promised(tx, rule, due)) is not None:
            return None
        await drafts.open_draft(tx, self._row(kind, creator, ref, due, now))
        return due

    async def yields(self, tx: Transaction, kind: DraftKind, ref: DraftId) -> bool:
        """Somebody took a draft up, so no rule sends it; False: none would have."""
        row = await drafts.get(tx, self._ref(ref))
        return row is not None and row.action == _action(kind) and await self.settle(tx, row, STAYS)

    async def why_not(self, tx: Transaction, rule: DraftRule, at: Millis, *, before: int = 0) -> str | None:
        """In one word why a rule sends nothing then: `hours` or `limit`. `before`: so many leave by then."""
        zone = await zone_in(tx, rule.creator)
        if not covers(rule, at, zone):
            return "hours"
        action, since = _action(DraftKind(rule.kind)), day_begun(at, zone)
        gone = await drafts.settled_since(tx, action, rule.creator, SENT, since)
        return "limit" if gone + before >= rule.most else None

    async def due(self, tx: Transaction) -> Sequence[DraftTurn]:
        """Those whose time has come, the oldest first."""
        rows = [row for kind in KINDS for row in await drafts.open_since(tx, _action(kind), 0)]
        now, turns = self._ctx.clock.now(), [turn_of(row) for row in rows]
        return sorted((turn for turn in turns if turn.due <= now), key=lambda turn: turn.due)

    async def settle(self, tx: Transaction, row: Draft, how: str, by: DiscordId | None = None) -> bool:
        """False when somebody was faster."""
        now = self._ctx.clock.now()
        return await drafts.settle(tx, row.id, version=row.version, state=how, by=by, now=now)

    async def ripe(self, tx: Transaction, turn: DraftTurn, rule: DraftRule, shown: Millis | None) -> bool:
        """Whether people have seen it for the rule's wait; else its time comes later. `shown`: since when."""
        now = self._ctx.clock.now()
        due = (now if shown is None else shown) + rule.wait * self._minute
        if due <= now:
            return True
        told = {"draft": turn.draft, "due": due}
        await drafts.retarget(tx, turn.row.id, target=json.dumps(told))
        return False

    async def _promised(self, tx: Transaction, rule: DraftRule, at: Millis) -> int:
        """How many that still wait leave on the same day and not later, if nobody takes them up."""
        now, since, count = self.now, day_begun(at, await zone_in(tx, rule.creator)), 0
        for row in await drafts.open_since(tx, _action(DraftKind(rule.kind)), 0):
            turn = turn_of(row)
            if row.creator == rule.creator and since <= max(turn.due, now) and turn.due <= at:
                draft = await drafts.get(tx, turn.draft)  # a discarded one's turn ends only when it comes
                count += draft is not None and draft.state == "open"
        return count

    def _ref(self, ref: DraftId) -> DraftId:
        return DraftId(self._derived.effect(ref, _PART))

    def _row(self, kind: DraftKind, creator: CreatorId, ref: DraftId, due: Millis, now: Millis) -> Draft:
        return Draft(
            id=self._ref(ref),
            action=_action(kind),
            state="open",
            version=1,
            creator=creator,
            target=json.dumps({"draft": ref, "due": due}),
            owner=None,
            guild=None,
            settled_by=None,
            settled_at=None,
            created_at=now,
            expires_at=None,
        )


async def in_force(tx: Transaction, creator: CreatorId, kind: DraftKind) -> DraftRule | None:
    """The rule that counts now: that of the person who has the creator connected."""
    rule, link = await draft_rules.get(tx, creator, kind), await creators.open_link(tx, creator)
    if rule is None or link is None or link.state is not LinkState.ACTIVE:
        return None
    return rule if link.discord_user == rule.by else None


def turn_of(row: Draft) -> DraftTurn:
    """What a row says; one whose text was erased is due, and finds no draft."""
    told = json.loads(row.target)
    kind = DraftKind(row.action.removeprefix(f"{_PART}."))
    return DraftTurn(row, kind, DraftId(told.get("draft", "")), told.get("due", 0))


def _action(kind: DraftKind) -> str:
    return f"{_PART}.{kind}"
