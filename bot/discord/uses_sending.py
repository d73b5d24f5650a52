"""The use cases of what is done for many fans, or for a whole creator."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.discord.uses_campaigns import CampaignUses
from bot.discord.uses_composing import DraftUses
from bot.discord.uses_feed import NoPosts, PostListUses
from bot.discord.uses_lists import ListUses
from bot.discord.uses_mass_limits import MassLimitUses, MassSafetyUses, QuietHoursUses
from bot.discord.uses_media import MediaUses
from bot.discord.uses_one_fan import FanTrialUses
from bot.discord.uses_postcards import PostcardUses
from bot.discord.uses_proposals import ProposalUses, VerdictUses
from bot.discord.uses_suggestions import SuggestionUses
from bot.discord.uses_tracking import NoTracking, TrackingUses
from bot.discord.uses_uploads import NoUploads, UploadUses
from storage.records import Link


async def no_lists(_link: Link, _typed: str) -> Sequence[tuple[str, str]]:
    """No list fits: what holds until `bot.app.command_services` passes in better."""
    return ()


@dataclass(frozen=True, kw_only=True)
class SendingUses:
    """A part of `Uses`; one field a feature."""

    media: MediaUses
    lists: ListUses
    proposals: ProposalUses
    verdicts: VerdictUses
    composing: DraftUses
    mass_safety: MassSafetyUses
    quiet_hours: QuietHoursUses
    mass_cap: MassLimitUses
    one_fan: FanTrialUses
    campaigns: CampaignUses
    postcards: PostcardUses
    suggestions: SuggestionUses
    tracking: TrackingUses = NoTracking()  # noqa: RUF009 - it has no state
    feed: PostListUses = NoPosts()  # noqa: RUF009 - likewise
    uploads: UploadUses = NoUploads()  # noqa: RUF009 - likewise
    # Lists of fans that fit what is typed, words and value; the value may be typed on.
    lists_like: Callable[[Link, str], Awaitable[Sequence[tuple[str, str]]]] = no_lists
    # Collections of posts that fit what is typed, likewise.
    collections_like: Callable[[Link, str], Awaitable[Sequence[tuple[str, str]]]] = no_lists
