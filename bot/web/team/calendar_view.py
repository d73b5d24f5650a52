"""The calendar: planned posts and mass messages, a day at a time."""

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from itertools import groupby
from typing import Final

from bot.access.policy import Action
from bot.features.operations.creator_context.model import CalendarEntry
from bot.features.operations.creator_context.plan_sections import PlanSectionReader
from bot.model.errors import DeliveryFailed
from bot.model.language import msgid, tr, tr_many
from bot.text.moments import named
from bot.text.render import money
from bot.text.safe_text import one_line
from bot.web.team.frame import card, soft
from bot.web.team.views import PageView, ViewRequest, ViewUnavailable

_MOST: Final = 200
_TEXT: Final = 300  # letters of a text
_KINDS = {"post": msgid("Post"), "mass_message": msgid("Mass message")}
_NO_ANSWER = msgid("We can't reach Fanvue right now. Try again in a minute.")


def calendar_view(plans: PlanSectionReader) -> PageView:
    """As Fanvue lists them, by the creator's clock."""

    async def read(asked: ViewRequest) -> str:
        standing = asked.permit.standing
        assert standing is not None, "the action is about a creator"
        try:
            found = await plans.planned(asked.creator, _MOST, standing)
        except DeliveryFailed as failed:
            raise ViewUnavailable(tr(_NO_ANSWER)) from failed
        more = "" if found.complete else soft(tr("There is more than this list shows."))
        zone = soft(tr("Times are in the creator's time zone: {zone}.", zone=asked.zone.key))
        if not found.entries:
            return card(tr("Planned"), soft(tr("No post and no mass message is planned.")) + more)
        days = groupby(found.entries, key=lambda entry: _local(asked, entry).date())
        return "".join(_day(asked, day, list(entries)) for day, entries in days) + more + zone

    return PageView("calendar", msgid("Calendar"), Action.POST_LIST, read)


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
