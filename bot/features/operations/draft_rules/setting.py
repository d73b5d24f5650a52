"""/inbox autosend: an owner lets drafts leave by a rule, or ends it."""

import re
from dataclasses import dataclass

from bot.access.permits import Permit
from bot.features.operations.draft_rules import texts
from bot.features.operations.draft_rules.model import KINDS, LONGEST_WAIT, MOST, USUAL_WAIT
from bot.features.operations.draft_rules.turns import in_force
from bot.model.draft_source import DraftKind
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.relay.context import Context
from bot.relay.scheduled_replies import zone_in
from bot.text.button_keys import key_of, key_ref
from bot.text.quiet_hours import minutes_of
from storage.database import Transaction
from storage.people import draft_rules
from storage.people.draft_rules import DraftRule
from storage.records import CreatorId

_KEY = re.compile(r"(\d)_(\d{1,3})_(\d{1,4})_(\d{1,4})_(\d{1,3})")
_DAY = 24 * 60


@dataclass(frozen=True)
class DraftRuleWish:
    """What was typed. `limit`: 0 ends the rule; None: nothing changes, the answer says what holds."""

    kind: DraftKind
    limit: int | None
    begins: str | None = None
    ends: str | None = None
    wait: int | None = None


class DraftRuleSetting:
    """Whether somebody may decide was asked before."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def change(self, permit: Permit, wish: DraftRuleWish) -> Post | str:
        """A rule is asked about before it counts; what ends, ends at once."""
        creator = _creator_of(permit)
        if wish.limit is None:
            return await self._ctx.database.read(lambda tx: said(tx, creator))
        if not wish.limit:
            return await self._ctx.database.write(lambda tx: self._end(tx, permit, wish.kind))
        hours = _hours(wish)
        if isinstance(hours, str):
            return hours
        wait = USUAL_WAIT if wish.wait is None else wish.wait
        asked = DraftRule(creator, wish.kind, wish.limit, *hours, wait, permit.actor.user)
        link = permit.link
        assert link is not None, "the action needs the owner's own link"
        button = Button(texts.ALLOW, link.id, tr("Allow"), "danger", also=(key_ref(_packed(asked)),))
        zone = await self._ctx.database.read(lambda tx: zone_in(tx, creator))
        return texts.question(asked, link.handle, zone.key, button)

    async def allow(self, permit: Permit, key: str) -> str:
        """The button under the question. `key`: the rule that was asked about."""
        asked = _unpacked(permit, key_of(key))
        if asked is None:
            return tr(texts.CHANGED)

        async def work(tx: Transaction) -> str:
            await draft_rules.put(tx, asked, now=self._ctx.clock.now())
            target = f"{asked.kind} {asked.most} {asked.begins}-{asked.ends} {asked.wait}"
            await self._ctx.trail.write(
                tx, "autosend.set", "done", target=target, actor=asked.by, creator=asked.creator
            )
            return await said(tx, asked.creator)

        return await self._ctx.database.write(work)

    async def _end(self, tx: Transaction, permit: Permit, kind: DraftKind) -> str:
        creator, by = _creator_of(permit), permit.actor.user
        if await draft_rules.end(tx, creator, kind):
            await self._ctx.trail.write(
                tx, "autosend.set", "done", target=f"{kind} off", actor=by, creator=creator
            )
        return await said(tx, creator)


async def said(tx: Transaction, creator: CreatorId) -> str:
    """What holds for this creator."""
    found = [rule for kind in KINDS if (rule := await in_force(tx, creator, kind)) is not None]
    return texts.rules(found, (await zone_in(tx, creator)).key)


def _hours(wish: DraftRuleWish) -> tuple[int, int] | str:
    """Minutes of the day, or why not."""
    if wish.begins is None and wish.ends is None:
        return 0, 0
    if wish.begins is None or wish.ends is None:
        return tr(texts.TWO_ENDS)
    found = []
    for typed in (wish.begins, wish.ends):
        minutes = minutes_of(typed)
        if minutes is None:
            return tr(texts.NO_TIME, typed=texts.shortened(typed))
        found.append(minutes)
    return found[0], found[1]


def _packed(rule: DraftRule) -> str:
    number = list(KINDS).index(DraftKind(rule.kind))
    return f"{number}_{rule.most}_{rule.begins}_{rule.ends}_{rule.wait}"


def _unpacked(permit: Permit, key: str) -> DraftRule | None:
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    number, most, begins, ends, wait = map(int, found.groups())
    if number >= len(KINDS) or not 1 <= most <= MOST or max(begins, ends) >= _DAY:
        return None
    if not 1 <= wait <= LONGEST_WAIT:
        return None
    kind = list(KINDS)[number]
    return DraftRule(_creator_of(permit), kind, most, begins, ends, wait, permit.actor.user)


def _creator_of(permit: Permit) -> CreatorId:
    assert permit.creator is not None, "the action is about a creator"
    return permit.creator
