"""The texts about erasing a whole creator (pure)."""

from collections.abc import Iterator, Mapping

from bot.model.ports import Post
from bot.text.colours import QUIET_COLOUR, TROUBLE_COLOUR
from bot.text.safe_text import one_line, safe
from storage.people.erasure_places import ErasurePlace, RemainingPlaces
from storage.people.erasures import UNCLEAR, CreatorErasure
from storage.people.retention import AUDIT, RetentionTerms

TYPE_IT = "Erase everything…"
ONLY_THE_OWNER = (
    "Only the person who connected the creator's own account can erase it. If they can't, the "
    "bridge's operator can, with fanvue-bridge privacy erase."
)
NOT_TAKEN = "Discord timed out. Not erased: please try again."
UNDER_WAY = "This is already being erased."
BEGUN = (
    "It has started: we disconnect the account and erase everything, even across restarts. This "
    "answer shows progress for 15 minutes; then the bot messages you."
)
GIVEN_UP = "Everything about this creator is erased."
NAMED = 15  # channels, and as many messages, of what a person must delete
_AUDIT = f"{AUDIT} days"
_BACKUPS = "Backups keep everything until the bridge's operator deletes them"
_YEAR = 365.25


def question(handle: str, counted: Mapping[str, int], terms: RetentionTerms) -> Post:
    name = safe(one_line(handle, 40))
    gone = (
        f"**Everything about @{name} is erased here. This can't be undone.**\n"
        f"- {_some(counted['fans'], 'fan')} with names, ids and subscriptions, "
        f"{_some(counted['messages'], 'message')}, {_entries(counted)}, with their texts\n"
        "- the connection to Fanvue: access is revoked, and nothing that waits is sent\n"
        "- the team: roles, grants, pauses, choices, drafts\n"
        f"- on Discord the creator's forum with {_some(counted['threads'], 'post')} and its alerts channel, "
        "whole, with all that members wrote in them\n"
        "- from a channel that another creator shares, only this creator's own lines"
    )
    kept = (
        f"**What stays:** {_some(counted['payments'], 'line')} about money for "
        f"{terms.money / _YEAR:.0f} years, and {_some(counted['audit'], 'line')} of the audit "
        f"for {_AUDIT}, both without any fan's name. Fanvue is not touched. {_BACKUPS}."
    )
    return Post(
        title=f"Erase everything of @{name}?",
        body=(gone, kept),
        small=(
            "You will be asked to type the handle. Export the stored data first with /settings "
            "privacy export."
        ),
        accent=TROUBLE_COLOUR,
    )


def typed_wrong(handle: str) -> str:
    """The answer to a wrong handle."""
    return (
        f"That is not **@{safe(one_line(handle, 40))}**, so nothing was erased. Press "
        f"“{TYPE_IT}” again and type the handle as shown in the question."
    )


def wiping(places: int) -> Post:
    return _note(
        "The account is disconnected, and nothing new arrives. We are emptying the database; "
        f"{_places(places)} follow on Discord, slowly, so that nothing else waits."
    )


def on_discord(places: int) -> Post:
    return _note(f"The database is empty. Still to go on Discord: {_places(places)}.")


REVOKING = Post(
    body=("Everything is erased except the connection: waiting for Fanvue to confirm.",),
    title="Erasing",
    accent=QUIET_COLOUR,
)


def report(
    gone: Mapping[str, int], kept: Mapping[str, int], terms: RetentionTerms, stays: RemainingPlaces
) -> Post:
    """The final report; `stays`: places the bot could not remove."""
    erased = (
        f"**Erased:** {_some(gone.get('fans', 0), 'fan')}, "
        f"{_some(gone.get('messages', 0), 'message')}, {_entries(gone)}, "
        f"{_some(gone.get('grants', 0), 'grant')}, the connection to Fanvue and everything "
        "else about this creator."
    )
    rest = (
        f"**Kept:** {_some(kept['payments'], 'line')} about money for "
        f"{terms.money / _YEAR:.0f} years, as tax law asks, and {_some(kept['audit'], 'line')} "
        f"of the audit, which shows who did what, for {_AUDIT}.\nNeither identifies a fan: the "
        "keys of their pseudonyms are destroyed."
    )
    more = f"Nothing changes on Fanvue. {_BACKUPS}; what the bot wrote to you privately is yours to delete."
    body = (erased, *_by_hand(stays), *_doubt(gone), rest, more)
    return Post(title="Everything about the creator is erased", body=body, accent=QUIET_COLOUR)


def _by_hand(stays: RemainingPlaces) -> Iterator[str]:
    """Links to everything a person must delete: nothing where nothing stays."""
    if not stays.all_channels and not stays.all_messages:
        return
    kinds = (
        ("Channels", [f"<#{place.channel}>" for place in stays.channels], stays.all_channels),
        ("Messages", [_link(place) for place in stays.messages], stays.all_messages),
    )
    lists = []
    for kind, named, number in kinds:
        more = f" and {number - len(named):,} more" if number > len(named) else ""
        if number:
            lists.append(f"- {kind}: {', '.join(named)}{more}")
    what = f"⚠️ **Discord did not let the bot delete {_stay(stays)}.** Please delete by hand:"
    yield "\n".join((what, *lists))


def _doubt(gone: Mapping[str, int]) -> Iterator[str]:
    """Alerts a person must look for, because the bot could not."""
    number = gone.get(UNCLEAR, 0)
    if number:
        it = "it" if number == 1 else "they"
        yield (
            f"⚠️ **For {_some(number, 'alert')} we don't know whether {it} arrived on "
            "Discord.** If the channel is still there, check it and delete by hand what is "
            "about this creator."
        )


def _link(place: ErasurePlace) -> str:
    if place.guild is None:
        return f"message {place.message} in <#{place.channel}>"
    return f"https://discord.com/channels/{place.guild}/{place.channel}/{place.message}"


def _stay(stays: RemainingPlaces) -> str:
    kinds = ((stays.all_channels, "channel"), (stays.all_messages, "message"))
    return " and ".join(_some(number, kind) for number, kind in kinds if number)


def summary(gone: Mapping[str, int], stays: RemainingPlaces) -> str:
    erased = f"{_some(gone.get('fans', 0), 'fan')}, {_some(gone.get('messages', 0), 'message')}"
    left = f"; {_stay(stays)} could not be deleted" if _stay(stays) else ""
    unclear = gone.get(UNCLEAR, 0)
    doubt = f"; {_some(unclear, 'alert')} may still be on Discord" if unclear else ""
    return f"erased: {erased}, {_some(_rows(gone), 'entry', 'entries')}{left}{doubt}"


def _entries(gone: Mapping[str, int]) -> str:
    return f"{_some(_rows(gone), 'entry', 'entries')} received, sent and typed"


def _rows(gone: Mapping[str, int]) -> int:
    return sum(gone.get(table, 0) for table in ("inbox", "outbox", "commands"))


def _places(number: int) -> str:
    return _some(number, "channel, post or line", "channels, posts and lines")


def _note(text: str) -> Post:
    return Post(title="Erasing", body=(text,), accent=QUIET_COLOUR)


def _some(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


# ── the operator's command ──


def operator_asked(handle: str, counted: Mapping[str, int], terms: RetentionTerms) -> str:
    """The planned erasure, and how to begin."""
    return (
        f"Everything about {handle} would be erased: {_some(counted['fans'], 'fan')}, "
        f"{_some(counted['messages'], 'message')}, {_entries(counted)}, the connection to "
        "Fanvue, the team, and the forum and alerts channel on Discord. This can't be undone.\n"
        f"Kept: {_some(counted['payments'], 'line')} about money for {terms.money / _YEAR:.0f} "
        f"years and {_some(counted['audit'], 'line')} of the audit for {_AUDIT}, without any "
        "fan's name. Backups keep everything until you delete them.\nNo changes made. To "
        f"start, run the same command with --confirm {handle}"
    )


def operator_begun(handle: str) -> str:
    """Once it is asked for."""
    return (
        "The running bridge, or the next one that starts, is erasing everything about "
        f"{handle}. Run the same command to see progress; at the end this creator no longer "
        "exists."
    )


def operator_told(erasure: CreatorErasure, places: int) -> str:
    gone = sum(number for table, number in erasure.counts.items() if table != UNCLEAR)
    return (
        f"This is being erased: {_some(gone, 'row')} of the database are gone, and "
        f"{_places(places)} are still to be deleted from Discord."
    )
