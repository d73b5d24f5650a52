"""The calendar: what is planned, a day at a time, and what waits to be confirmed."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from html import escape
from itertools import groupby
from typing import Final

from bot.access.policy import Action
from bot.features.operations.creator_context.model import CalendarEntry
from bot.features.operations.creator_context.plan_sections import PlanSectionReader
from bot.features.publishing.page_plans.service import PagePlan, PagePlanService
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr, tr_many
from bot.text.moments import named
from bot.text.render import money
from bot.text.safe_text import one_line
from bot.web.team.frame import card, soft
from bot.web.team.plan_view import CALENDAR, PLANS
from bot.web.team.views import PageView, ViewRequest, option
from bot.web.team.waiting_plans import confirmed_there, missed_card, waiting_card

_MOST: Final = 200
_TEXT: Final = 300  # letters of a text
_REF: Final = 64
_LOOKS, _PAUSE = 12, 0.25  # for a line that Discord gets in a moment
_KINDS = {"post": msgid("Post"), "mass_message": msgid("Mass message")}


class CalendarView:
    """What waits on Discord is known here; what is planned is read as Fanvue lists it."""

    def __init__(
        self,
        plans: PlanSectionReader,
        planning: PagePlanService,
        pause: Callable[[float], Awaitable[None]],
    ) -> None:
        self._plans = plans
        self._planning = planning
        self._pause = pause

    def view(self) -> PageView:
        return PageView(CALENDAR, msgid("Calendar"), Action.POST_LIST, self._read)

    async def _read(self, asked: ViewRequest) -> str:
        new = await self._new(asked)
        waiting = await self._planning.waiting(asked.creator)
        mine = [plan for plan in waiting if plan.draft.kind.needs in asked.permits]
        planned = await self._planning.missed(asked.creator, asked.permit.actor.user)
        missed = [draft for draft in planned if draft.kind.needs in asked.permits]
        head = "" if new is None else confirmed_there(asked, new)
        own = missed_card(asked, missed) + waiting_card(asked, mine)
        return head + _ways(asked) + own + await self._planned(asked)

    async def _new(self, asked: ViewRequest) -> PagePlan | None:
        """What was planned a moment ago, once its line is on Discord, or soon after."""
        ref = option(asked.query, "planned", _REF)
        found = await self._planning.told(asked.creator, ref) if ref else None
        for _ in range(_LOOKS):
            if found is None or found.posted or not found.waits:
                break
            await self._pause(_PAUSE)
            found = await self._planning.told(asked.creator, ref)
        return found if found is not None and found.draft.kind.needs in asked.permits else None

    async def _planned(self, asked: ViewRequest) -> str:
        standing = asked.permit.standing
        assert standing is not None, "the action is about a creator"
        try:
            found = await self._plans.planned(asked.creator, _MOST, standing)
        except DeliveryFailed:
            return card(tr("Not now"), soft(tr("We can't reach Fanvue right now. Try again in a minute.")))
        more = "" if found.complete else soft(tr("There is more than this list shows."))
        zone = soft(tr("Times are in the creator's time zone: {zone}.", zone=asked.zone.key))
        ways = soft(tr("To move or cancel one, use /post list or /mass show on Discord."))
        if not found.entries:
            return card(tr("Planned"), soft(tr("No post and no mass message is planned.")) + more)
        days = groupby(found.entries, key=lambda entry: _local(asked, entry).date())
        return "".join(_day(asked, day, list(entries)) for day, entries in days) + more + ways + zone


def _ways(asked: ViewRequest) -> str:
    """To the forms that this reader may send."""
    links = "".join(
        f'<a class="button" href="{CALENDAR}/{what.key}">{escape(tr(what.name))}</a>'
        for what in PLANS
        if what.needs in asked.permits
    )
    return f'<div class="pair">{links}</div>' if links else ""


def _day(asked: ViewRequest, day: date, entries: Sequence[CalendarEntry]) -> str:
    rows = "".join(_row(asked, entry) for entry in entries)
    return card(named(day, asked.now, asked.zone), f'<ul class="rows">{rows}</ul>')


def _row(asked: ViewRequest, entry: CalendarEntry) -> str:
    local = _local(asked, entry)
    text = one_line(entry.text or "", _TEXT) or tr("Without a text")
    said = [tr_many("{n} item", "{n} items", entry.media)] if entry.media else []
    if entry.price is not None and entry.price.cents:
        said.append(money(entry.price.cents, entry.price.currency))
    extra = f'<span class="soft">{escape(" · ".join(said))}</span>' if said else ""
    clock = f'<time datetime="{local.isoformat(timespec="minutes")}">{local:%H:%M}</time>'
    return f"<li><strong>{clock} · {escape(tr(_KINDS[entry.kind]))}</strong><br>{escape(text)}{extra}</li>"


def _local(asked: ViewRequest, entry: CalendarEntry) -> datetime:
    return entry.at.astimezone(asked.zone)
