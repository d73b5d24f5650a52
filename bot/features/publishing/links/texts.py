"""Texts about tracking links and the people they brought (pure)."""

import re
from collections.abc import Sequence

from bot.fanvue.models import UserRow
from bot.fanvue.tracking_api import TrackingRow
from bot.features.money.periods.bands import Show
from bot.features.publishing.links.choice_rules import platform, spoken
from bot.model.language import msgid, tr
from bot.relay.send_match import same_words
from bot.text.moments import stamp
from bot.text.safe_text import one_line, safe

_NAME = 60
_ADDRESS = re.compile(r"https://[A-Za-z0-9./_?=&%~-]{1,200}")
ALREADY_DELETED = msgid("This tracking link is already deleted. No changes made.")
UNSEEN = msgid("We couldn't see within an hour whether it was deleted. Check in /money links list.")
CHECKING = msgid(
    "Fanvue's answer did not arrive. We check the links there, and ask again only if this one still exists."
)
HIDDEN = msgid("You can't see figures.")


def alike(rows: Sequence[TrackingRow], name: str, where: str) -> list[TrackingRow]:
    """Links of the same name for the same platform."""
    return [
        row for row in rows if same_words(row.name, name) and (row.external_social_platform or "") == where
    ]


def hides(row: TrackingRow, name: str, where: str) -> bool:
    """Whether it may be such a link, but Fanvue does not tell enough of it."""
    fits = {
        "name": same_words(row.name, name),
        "external_social_platform": (row.external_social_platform or "") == where,
    }
    untold = [field for field in fits if not row.tells(field)]
    told = row.created_at is not None and not untold
    return not told and all(same or field in untold for field, same in fits.items())


def taken(name: str, where: str) -> str:
    """There is one like it."""
    return tr(
        "A tracking link called {name} for {platform} already exists, so none was created. See "
        "its figures in /money links show, or choose another name.",
        name=safe(name),
        platform=safe(spoken(where)),
    )


def about(row: TrackingRow) -> str:
    """A link in two lines, without figures."""
    made = tr(" · made {at}", at=stamp(row.created_at)) if row.created_at is not None else ""
    name = safe(one_line(row.name or "", _NAME)) or tr("(no name)")
    address = row.link_url or ""
    known = address if _ADDRESS.fullmatch(address) else tr("See its address on Fanvue.")
    return tr(
        "**{name}** for {platform}{made}\n{address}",
        name=name,
        platform=safe(platform(row)),
        made=made,
        address=known,
    )


def figures(row: TrackingRow, show: Show | None) -> str:
    """Its results, as exactly as the reader sees figures; None: not at all."""
    if show is None:
        return tr(HIDDEN)
    brought, earned = row.engagement, row.earnings
    counts = (
        (tr("Clicks"), row.clicks),
        (tr("Subscribers"), brought.acquired_subscribers if brought else None),
        (tr("Followers"), brought.acquired_followers if brought else None),
    )
    amounts = (
        (tr("Revenue, gross"), earned.total_gross if earned else None),
        (tr("Revenue, net"), earned.total_net if earned else None),
    )
    lines = [f"**{what}:** {tr(_unsaid) if n is None else show.number(n)}" for what, n in counts]
    lines += [f"**{what}:** {tr(_unsaid) if cents is None else show.money(cents)}" for what, cents in amounts]
    return "\n".join(lines)


def fan(user: UserRow, thread: str | None) -> str:
    """One fan whom it brought, and the way to their thread if there is one."""
    known = user.display_name or user.handle or tr("somebody")
    handle = f" (@{safe(one_line(user.handle, _NAME))})" if user.handle else ""
    return f"{safe(one_line(known, _NAME))}{handle}{f' · {thread}' if thread else ''}"


_unsaid = msgid("Fanvue doesn't say")
