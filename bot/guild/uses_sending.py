"""The use cases of what is done for many fans, or for a whole creator."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.guild.uses_campaigns import CampaignUses
from bot.guild.uses_composing import Composing
from bot.guild.uses_feed import Feed, NothingThere
from bot.guild.uses_lists import ListUses
from bot.guild.uses_mass_limits import MassLimits, MassSafety, QuietHours
from bot.guild.uses_media import Media
from bot.guild.uses_one_fan import OneFan
from bot.guild.uses_postcards import PostcardUses
from bot.guild.uses_proposals import Proposals, Verdicts
from bot.guild.uses_suggestions import Suggestions
from bot.guild.uses_tracking import NoTracking, TrackingUses
from bot.guild.uses_uploads import NoUploads, UploadUses
from storage.records import Link


async def no_lists(_link: Link, _typed: str) -> Sequence[tuple[str, str]]:
    """No list fits: what holds until `bot.app.command_services` passes in better."""
    return ()


@dataclass(frozen=True, kw_only=True)
class SendingUses:
    """A part of `Uses`; one field a feature."""

    media: Media
    lists: ListUses
    proposals: Proposals
    verdicts: Verdicts
    composing: Composing
    mass_safety: MassSafety
    quiet_hours: QuietHours
    mass_cap: MassLimits
    one_fan: OneFan
    campaigns: CampaignUses
    postcards: PostcardUses
    suggestions: Suggestions
    tracking: TrackingUses = NoTracking()  # noqa: RUF009 - it has no state
    feed: Feed = NothingThere()  # noqa: RUF009 - likewise
    uploads: UploadUses = NoUploads()  # noqa: RUF009 - likewise
    # Lists of fans that fit what is typed, words and value; the value may be typed on.
    lists_like: Callable[[Link, str], Awaitable[Sequence[tuple[str, str]]]] = no_lists
    # Collections of posts that fit what is typed, likewise.
    collections_like: Callable[[Link, str], Awaitable[Sequence[tuple[str, str]]]] = no_lists
