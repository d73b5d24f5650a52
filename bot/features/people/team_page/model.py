"""Who is at the page, and why somebody is not.

PageSignInRefused    a link, or what comes back from Discord, opens nothing; `cause` says why
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from storage.records import DiscordId, Millis

LINK_LASTS: Final[Millis] = 10 * 60_000
SESSION_LASTS: Final[Millis] = 12 * 3_600_000
STATE_PREFIX: Final = "page."  # by which a return from Discord is told from that of /link


class PageRefusal(Enum):
    """Why somebody is not let in."""

    OVER = "over"  # the link is used, too old, or none of ours
    BROWSER = "browser"  # it came back to another browser, or a second time
    PERSON = "person"  # Discord says that it is somebody else
    DECLINED = "declined"  # they said no there
    UNCLEAR = "unclear"  # Discord did not say who it is


class PageSignInRefused(Exception):
    """Raised where nobody is signed in by it; the words are the page's."""

    def __init__(self, cause: PageRefusal) -> None:
        super().__init__(cause.value)
        self.cause = cause


@dataclass(frozen=True)
class PageVisitor:
    """Whom a session belongs to. What they may see is asked at every page."""

    session: str
    member: DiscordId
    guild: DiscordId
