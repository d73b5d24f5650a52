"""Checks each linked creator: the sign-in, the scopes, the events that come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.fanvue.budget import RequestLane
from bot.fanvue.client import FanvueClient
from bot.fanvue.errors import FanvueError
from bot.fanvue.hooks import EVENTS
from bot.features.operations.doctor.findings import DoctorFinding, bad, ok, unknown, warn
from bot.features.operations.doctor.snapshot import DoctorSnapshot, LinkSnapshot
from bot.features.people.accounts.keyring import Keyring, SealNotOpened
from bot.features.people.accounts.link_causes import LinkCause
from bot.features.people.accounts.ports import NEEDED_SCOPES
from bot.features.people.accounts.token_pairs import access_of
from bot.model.errors import TryLater
from bot.relay.live_event_status import live_events
from storage.records import LinkId, LinkState, Millis

_SIGN_IN = "Its owner runs /link in Discord."
_ALLOW = "Tick it in Fanvue's app, then its owner runs /link and allows it."
_TICK = "Tick it in Fanvue's Developer Area under Webhooks, with the address PUBLIC_URL + /webhooks/fanvue."
_BY_ITSELF = "The bridge subscribes automatically while it runs; its log says what stops it."
_REFUSED = (
    "See Fanvue's words in the bridge's log at WARNING. A permission: its owner runs /link and "
    "allows it. 400 or 404: update the bridge."
)
_FIRST_MESSAGE = "creator.message.received"

# What does not work without a scope. Those that are not here are asked for by Fanvue itself.
_USES = {
    "read:self": "knowing whose account it is",
    "read:chat": "messages of fans",
    "write:chat": "replies",
    "read:fan": "who is subscribed",
    "read:creator": "live events about payments, subscriptions and follows",
    "read:media": "pictures and videos in chats",
    "write:media": "adding to the vault",
    "read:post": "reading posts",
    "write:post": "posting",
    "read:insights": "earnings",
}


@dataclass(frozen=True)
class LinkRules:
    """The settings' demands on every link."""

    scopes: Sequence[str]
    automatic: bool  # FANVUE_SUBSCRIBE=auto
    hook_url: str


def good_tokens(keyring: Keyring, memory: DoctorSnapshot, now: Millis) -> Mapping[LinkId, str]:
    """The access tokens that open and have not run out."""
    found: dict[LinkId, str] = {}
    for one in memory.links:
        if one.pair is not None and now < one.pair.expires_at:
            try:
                found[one.link.id] = access_of(keyring, one.link, one.pair)
            except SealNotOpened:
                continue
    return found


async def sign_in(
    one: LinkSnapshot, fanvue: FanvueClient, tokens: Mapping[LinkId, str], now: Millis
) -> Sequence[DoctorFinding]:
    """Does Fanvue still know this link? Asked with the stored token; an old one is left to the bridge."""
    name, link = "Fanvue sign-in", one.link
    if link.state is LinkState.RELINK_REQUIRED:
        return [bad(name, "Fanvue asks for a new one", _SIGN_IN)]
    if link.state is not LinkState.ACTIVE:
        return [warn(name, "is being taken back", "It ends automatically while the bridge runs.")]
    if one.pair is None:
        return [bad(name, "there are no tokens", _SIGN_IN)]
    if now >= one.pair.expires_at:
        return [ok(name, "its access token has run out and will be refreshed when the bridge needs it")]
    if link.id not in tokens:
        return [unknown(name, "its token does not open", "See the line “keys”.")]
    try:
        me = await fanvue.acting(link.id, lane=RequestLane.REFRESH).me()
    except TryLater:
        said = "Fanvue did not accept the stored access token; the bridge will refresh it"
        return [warn(name, said, f"If it stays while the bridge runs: {_SIGN_IN}")]
    except FanvueError as error:
        return [unknown(name, error.reason, "Ask again later.")]
    if me.uuid != link.creator:
        return [bad(name, "Fanvue says that the token belongs to another account", _SIGN_IN)]
    return [ok(name, f"accepted by Fanvue, access token good until {_when(one.pair.expires_at)}")]


def scopes(one: LinkSnapshot, rules: LinkRules) -> Iterator[DoctorFinding]:
    """Scopes Fanvue did not allow, and what fails without them."""
    granted = one.link.scopes.split()
    lacking = [scope for scope in rules.scopes if scope not in granted]
    for scope in sorted(NEEDED_SCOPES.union(lacking) - set(granted)):
        said = f"not allowed; without it no {_USES.get(scope, 'full sign-in')}"
        make = bad if scope in NEEDED_SCOPES else warn
        yield make(scope, said, _ALLOW)
    if not lacking:
        yield ok("scopes", f"all {len(rules.scopes)} allowed")


def forum(one: LinkSnapshot) -> DoctorFinding:
    """Whether there is a place for this creator's fans."""
    if one.forum is None:
        return bad("forum", "there is none", "Someone with Manage Server runs /setup in Discord.")
    return ok("forum", "there is one")


def chats(one: LinkSnapshot) -> DoctorFinding:
    """Whether messages that no live event tells are found."""
    name = "list of chats"
    if one.unread is None:
        return ok(name, "nothing said that Fanvue refuses it")
    said = f"Fanvue refuses it since {_when(one.unread)}; what no live event reports is not found"
    return bad(name, said, _REFUSED)


def failed(why: str, at: Millis, now: Millis) -> DoctorFinding:
    """The last /link that Fanvue ended, and nobody has connected an account since."""
    name = "last /link"
    try:
        cause = LinkCause(why)
    except ValueError:  # written by an older version
        return warn(name, f"failed {_ago(now - at)}: {why}", "The log of then says more. Try /link again.")
    return warn(name, f"failed {_ago(now - at)} ({cause.value}): {cause.said.split('. ')[0]}", cause.cure)


def swept() -> DoctorFinding:
    """The finding for a creator whom somebody manages, whose own account is not connected."""
    return ok("live events", "none: someone stands in for the owner, so messages are found by checking")


def events(one: LinkSnapshot, rules: LinkRules, now: Millis) -> Iterator[DoctorFinding]:
    """Every needed live event: seen, never seen or scope missing."""
    do = _BY_ITSELF if rules.automatic else _TICK
    yield _heard(one, do, now)
    fitting = [hook for hook in one.hooks if hook.url == rules.hook_url] if rules.automatic else []
    if rules.automatic and not fitting:
        yield warn("webhook", "not subscribed at this address yet", do)
    subscribed = {event for hook in fitting for event in hook.events}
    for event in live_events(one.link, one.heard, EVENTS):
        if event.lacks is not None:
            yield warn(event.name, f"scope missing: {event.lacks}", _ALLOW)
        elif event.seen is not None:
            yield ok(event.name, f"seen {_ago(now - event.seen)}")
        else:
            yield _never_seen(event.name, one, do, subscribed=event.name in subscribed)


def _heard(one: LinkSnapshot, do: str, now: Millis) -> DoctorFinding:
    name = "live events"
    if one.silence is not None:
        said = f"silent since {_when(one.silence.began)} although fans wrote; found by checking meanwhile"
        return bad(name, said, "Check the webhook in Fanvue's Developer Area and PUBLIC_URL.")
    if not one.heard:
        return warn(name, "none was ever seen", do)
    return ok(name, f"the last one {_ago(now - max(one.heard.values()))}")


def _never_seen(name: str, one: LinkSnapshot, do: str, *, subscribed: bool) -> DoctorFinding:
    """Nothing proves that it would come; other arrivals may prove that it does not."""
    if name == _FIRST_MESSAGE and one.only_swept:
        return warn(name, f"never seen, although checking found messages: {one.only_swept}", do)
    if subscribed:
        return ok(name, "never seen so far; subscribed")
    if one.heard:
        return ok(name, "never seen so far; others come")
    return warn(name, "never seen", "See the line “live events”.")


def _when(at: Millis) -> str:
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _ago(span: Millis) -> str:
    minutes = max(0, span) // 60_000
    if minutes < 1:
        return "just now"
    if minutes < 120:  # noqa: PLR2004 - two hours
        return f"{minutes} min ago"
    hours = minutes // 60
    return f"{hours} h ago" if hours < 48 else f"{hours // 24} days ago"  # noqa: PLR2004 - two days
