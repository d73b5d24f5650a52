"""Finds the tracking link meant, and checks Fanvue's permission (pure)."""

from collections.abc import Sequence

from bot.fanvue.tracking_api import TrackingRow
from bot.features.publishing.links.fanvue import TrackingLinkRows
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.language import msgid, tr, tr_many
from bot.text.safe_text import one_line, safe
from storage.records import Link

READS, WRITES = "read:tracking_links", "write:tracking_links"
NAME_LIMIT = 100
_CHOICES, _CHOICE = 25, 100  # Discord's limits
_NONE = msgid(
    "We can't find that tracking link. See all with /money links list, or choose one from the list."
)
_PLATFORMS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "other": msgid("other places"),
    "reddit": "Reddit",
    "snapchat": "Snapchat",
    "tiktok": "TikTok",
    "twitter": "Twitter",
    "youtube": "YouTube",
}
_SEVERAL = msgid("Several tracking links have this name. Choose one from the list that opens as you type.")
_TOO_MANY = msgid("There are more tracking links than we can search, so we didn't find this one.")


def must_be_allowed(link: Link, *needed: str) -> None:
    """Raises ProposalRefused where Fanvue has not allowed it to this link."""
    lacking = [scope for scope in needed if scope not in link.scopes.split()]
    if lacking:
        raise ProposalRefused(
            tr_many(
                "Fanvue does not allow tracking links for @{handle} yet: {lacking} is missing. Allow them "
                "with /link. If Fanvue doesn't ask, the operator first ticks it in Fanvue's app.",
                "Fanvue does not allow tracking links for @{handle} yet: {lacking} are missing. Allow them "
                "with /link. If Fanvue doesn't ask, the operator first ticks it in Fanvue's app.",
                len(lacking),
                handle=safe(link.handle),
                lacking=tr(" and ").join(lacking),
            )
        )


def chosen(found: TrackingLinkRows[TrackingRow], typed: str) -> TrackingRow:
    """The link with this id or this name. Raises ProposalRefused."""
    wanted = typed.strip().casefold()
    by_id = [row for row in found.rows if row.uuid.casefold() == wanted]
    fitting = by_id or [row for row in found.rows if (row.name or "").strip().casefold() == wanted]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise ProposalRefused(tr(_SEVERAL))
    raise ProposalRefused(tr(_NONE) if found.whole else tr(_TOO_MANY))


def choices(rows: Sequence[TrackingRow], typed: str) -> list[tuple[str, str]]:
    """The choices for the typed text, words and id."""
    wanted = typed.casefold().strip()
    offered = [
        (one_line(f"{row.name or tr('no name')} ({platform(row)})", _CHOICE), row.uuid) for row in rows
    ]
    return [(words, uuid) for words, uuid in offered if wanted in words.casefold() or wanted == uuid][
        :_CHOICES
    ]


def platform(row: TrackingRow) -> str:
    """Its platform, in words."""
    return spoken(row.external_social_platform or "other")


def spoken(name: str) -> str:
    """A platform of Fanvue's as people write it; it may know more of them than we do."""
    return tr(_PLATFORMS[name]) if name in _PLATFORMS else one_line(name, 30)
