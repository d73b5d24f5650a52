"""Finds the tracking link meant, and checks Fanvue's permission (pure)."""

from collections.abc import Sequence

from bot.fanvue.tracking_api import TrackingRow
from bot.features.publishing.links.fanvue import TrackingLinkRows
from bot.features.publishing.proposals.model import ProposalRefused
from bot.text.safe_text import one_line, safe
from storage.records import Link

READS, WRITES = "read:tracking_links", "write:tracking_links"
NAME_LIMIT = 100
_CHOICES, _CHOICE = 25, 100  # Discord's limits
_NONE = "There is no such tracking link. /links list shows all of them; choose one from the list."
_PLATFORMS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "other": "other places",
    "reddit": "Reddit",
    "snapchat": "Snapchat",
    "tiktok": "TikTok",
    "twitter": "Twitter",
    "youtube": "YouTube",
}
_SEVERAL = "Several tracking links are called that. Choose one from the list that opens as you type."
_TOO_MANY = "There are more tracking links than can be looked through, so this one was not found."


def must_be_allowed(link: Link, *needed: str) -> None:
    """Raises ProposalRefused where Fanvue has not allowed it to this link."""
    lacking = [scope for scope in needed if scope not in link.scopes.split()]
    if lacking:
        raise ProposalRefused(
            f"Fanvue does not allow tracking links for @{safe(link.handle)} yet: {' and '.join(lacking)} "
            f"{'is' if len(lacking) == 1 else 'are'} missing. Link again with /link to allow this. "
            "If Fanvue does not ask about it there, whoever runs the bridge ticks it in Fanvue's app first."
        )


def chosen(found: TrackingLinkRows[TrackingRow], typed: str) -> TrackingRow:
    """The link with this id or this name. Raises ProposalRefused."""
    wanted = typed.strip().casefold()
    by_id = [row for row in found.rows if row.uuid.casefold() == wanted]
    fitting = by_id or [row for row in found.rows if (row.name or "").strip().casefold() == wanted]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise ProposalRefused(_SEVERAL)
    raise ProposalRefused(_NONE if found.whole else _TOO_MANY)


def choices(rows: Sequence[TrackingRow], typed: str) -> list[tuple[str, str]]:
    """The choices for the typed text, words and id."""
    wanted = typed.casefold().strip()
    offered = [(one_line(f"{row.name or 'no name'} ({platform(row)})", _CHOICE), row.uuid) for row in rows]
    return [(words, uuid) for words, uuid in offered if wanted in words.casefold() or wanted == uuid][
        :_CHOICES
    ]


def platform(row: TrackingRow) -> str:
    """Its platform, in words."""
    return spoken(row.external_social_platform or "other")


def spoken(name: str) -> str:
    """A platform of Fanvue's as people write it; it may know more of them than we do."""
    return _PLATFORMS.get(name, one_line(name, 30))
