"""The use cases that commands and buttons call; `bot.uses` fills them in."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from bot.guild.uses_access import Access, Denied, Subjects, not_noted
from bot.guild.uses_agency import NO_AGENCY, Agency
from bot.guild.uses_audit import Audit, NothingWritten
from bot.guild.uses_campaigns import CampaignUses
from bot.guild.uses_composing import Composing
from bot.guild.uses_credit import CreditUses
from bot.guild.uses_desk import Problems
from bot.guild.uses_digests import DigestUses
from bot.guild.uses_feed import Feed, NothingThere
from bot.guild.uses_figures import AudienceUses, GoalUses, LedgerUses, NoLedger
from bot.guild.uses_inbox import InboxUses
from bot.guild.uses_income import IncomeUses
from bot.guild.uses_linking import Linking
from bot.guild.uses_lists import ListUses
from bot.guild.uses_mass_limits import MassLimits, MassSafety, QuietHours
from bot.guild.uses_media import Media
from bot.guild.uses_offboarding import Removing
from bot.guild.uses_one_fan import OneFan
from bot.guild.uses_pausing import PausingUses
from bot.guild.uses_postcards import PostcardUses
from bot.guild.uses_privacy import PrivacyUses
from bot.guild.uses_profiles import Profiles
from bot.guild.uses_proposals import Proposals, Verdicts
from bot.guild.uses_relay import Commands, Places
from bot.guild.uses_suggestions import Suggestions
from bot.guild.uses_team import TeamUses
from bot.guild.uses_tracking import NoTracking, TrackingUses
from bot.guild.uses_uploads import NoUploads, UploadUses
from bot.relay.listening import LiveEvent
from bot.relay.ports import Post
from storage.records import CreatorId, DiscordId, EffectId, Link


async def not_listening(_link: Link) -> Sequence[LiveEvent]:
    """Nobody knows of live events: what holds until `bot.uses` passes in better."""
    return ()


async def no_chat(_alert: EffectId, _guild: DiscordId) -> DiscordId | None:
    """No alert leads to a thread: what holds until `bot.uses` passes in better."""
    return None


async def nothing_known(_creators: Sequence[CreatorId], _settled: Collection[CreatorId], /) -> Post:
    """Nothing is known: what holds until `bot.uses` passes in better."""
    return Post(body=("Nothing is known.",))


async def no_lists(_link: Link, _typed: str) -> Sequence[tuple[str, str]]:
    """No list fits: what holds until `bot.uses` passes in better."""
    return ()


async def nothing_hidden(_line: EffectId, _channel: DiscordId) -> Post | str:
    """Nothing is hidden: what holds until `bot.uses` passes in better."""
    return "There is nothing hidden."


async def nothing_sent(_note: EffectId, _actor: DiscordId, _channel: DiscordId) -> str:
    """Nothing was sent that could be taken back: what holds until `bot.uses` passes in better."""
    return "There is nothing to take back."


@dataclass(frozen=True)
class Uses(InboxUses):
    """What `interaction.client.uses` holds."""

    access: Access
    subjects: Subjects
    commands: Commands
    linking: Linking
    places: Places
    problems: Problems
    income: IncomeUses
    subscribers: AudienceUses
    goals: GoalUses
    digests: DigestUses
    media: Media
    lists: ListUses
    privacy: PrivacyUses
    team: TeamUses
    pausing: PausingUses
    removing: Removing
    profiles: Profiles
    proposals: Proposals
    composing: Composing
    mass_safety: MassSafety
    quiet_hours: QuietHours
    mass_cap: MassLimits
    one_fan: OneFan
    verdicts: Verdicts
    campaigns: CampaignUses
    postcards: PostcardUses
    suggestions: Suggestions
    credit: CreditUses
    audit: Audit = NothingWritten()  # noqa: RUF009 - it has no state
    ledger: LedgerUses = NoLedger()  # noqa: RUF009 - likewise
    tracking: TrackingUses = NoTracking()  # noqa: RUF009 - likewise
    feed: Feed = NothingThere()  # noqa: RUF009 - likewise
    # Somebody tried what they may not.
    denied: Denied = not_noted
    # The thread of the fan whom an alert on this server is about; None when there is none there (yet).
    chat_of: Callable[[EffectId, DiscordId], Awaitable[DiscordId | None]] = no_chat
    # Take back on Fanvue what a note in this channel is about; what to tell the member.
    unsend: Callable[[EffectId, DiscordId, DiscordId], Awaitable[str]] = nothing_sent
    # How these creators' bridges are doing, for a private answer; where its reader may settle what waits.
    status: Callable[[Sequence[CreatorId], Collection[CreatorId]], Awaitable[Post]] = nothing_known
    # What a blocked line of this channel says, for a private answer.
    hidden: Callable[[EffectId, DiscordId], Awaitable[Post | str]] = nothing_hidden
    # Every live event that a link needs: seen, never seen, or not allowed.
    live_events: Callable[[Link], Awaitable[Sequence[LiveEvent]]] = not_listening
    # Lists of fans that fit what is typed, words and value; the value may be typed on.
    lists_like: Callable[[Link, str], Awaitable[Sequence[tuple[str, str]]]] = no_lists
    uploads: UploadUses = NoUploads()  # noqa: RUF009 - it has no state
    # Collections of posts that fit what is typed, likewise.
    collections_like: Callable[[Link, str], Awaitable[Sequence[tuple[str, str]]]] = no_lists
    agency: Agency = NO_AGENCY  # people's own accounts, and whom those manage
    scopes: tuple[str, ...] = ()  # what Fanvue must have allowed for everything to work
    refusals: tuple[type[Exception], ...] = ()  # errors whose str() is a sentence for the member
