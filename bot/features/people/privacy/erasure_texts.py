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
    "Only the person who connected the creator's own account erases everything about it. Ask them; where "
    "they cannot, whoever runs the bridge can, with fanvue-bridge privacy erase."
)
NOT_TAKEN = "This was not done: Discord had already given up on it. Nothing was erased. Please try again."
UNDER_WAY = "This is being erased already."
BEGUN = (
    "It has begun: the account is being disconnected, and everything is erased in the background, also over "
    "a restart. This answer says how far it is for a quarter of an hour; at the end the bot writes to you."
)
GIVEN_UP = "Everything about this creator is erased."
NAMED = 15  # channels, and as many messages, of what a person must delete
_AUDIT = f"{AUDIT} days"
_BACKUPS = "Backups have everything until whoever runs the bridge deletes them"
_YEAR = 365.25


def question(handle: str, counted: Mapping[str, int], terms: RetentionTerms) -> Post:
    name = safe(one_line(handle, 40))
    gone = (
        f"**Everything about @{name} is erased here. This cannot be undone.**\n"
        f"- {_some(counted['fans'], 'fan')} with names, ids and subscriptions, "
        f"{_some(counted['messages'], 'message')}, {_entries(counted)}, with their texts\n"
        "- the connection to Fanvue: access is revoked, and nothing that waits is sent\n"
        "- the team: roles, grants, pauses, choices, drafts\n"
        f"- on Discord the creator's forum with {_some(counted['threads'], 'post')} and its alerts channel, "
        "whole, with all that members wrote in them; from a channel that another creator shares only this "
        "creator's own lines"
    )
    kept = (
        f"**What stays:** {_some(counted['payments'], 'line')} about money for {terms.money / _YEAR:.0f} "
        f"years, and {_some(counted['audit'], 'line')} of the audit for {_AUDIT}, both without the name of "
        f"any fan. Fanvue is not touched. {_BACKUPS}."
    )
    return Post(
        title=f"Erase everything of @{name}?",
        body=(gone, kept),
        small="You will be asked to type the handle. /privacy export hands over what is kept, before.",
        accent=TROUBLE_COLOUR,
    )


def typed_wrong(handle: str) -> str:
    """The answer to a wrong handle."""
    return (
        f"That is not **@{safe(one_line(handle, 40))}**, so nothing was erased. Press “{TYPE_IT}” again and "
        "type the handle as it stands in the question."
    )


def wiping(places: int) -> Post:
    return _note(
        "The account is disconnected, and nothing new comes in. The database is being emptied; "
        f"{_places(places)} follow on Discord, slowly, so that nothing else waits."
    )


def on_discord(places: int) -> Post:
    return _note(f"The database is emptied. Still to go from Discord: {_places(places)}.")


REVOKING = Post(
    body=("All is erased but the account itself: Fanvue has not confirmed yet that access is revoked.",),
    title="Erasing",
    accent=QUIET_COLOUR,
)


def report(
    gone: Mapping[str, int], kept: Mapping[str, int], terms: RetentionTerms, stays: RemainingPlaces
) -> Post:
    """The final report; `stays`: places the bot could not remove."""
    erased = (
        f"**Erased:** {_some(gone.get('fans', 0), 'fan')}, {_some(gone.get('messages', 0), 'message')}, "
        f"{_entries(gone)}, {_some(gone.get('grants', 0), 'grant')}, the connection to Fanvue and all else "
        "about this creator."
    )
    rest = (
        f"**Kept:** {_some(kept['payments'], 'line')} about money for {terms.money / _YEAR:.0f} years, as "
        f"tax law asks, and {_some(kept['audit'], 'line')} of the audit, which says who did what, for "
        f"{_AUDIT}. No fan can be told from either: the keys of their pseudonyms are destroyed."
    )
    more = f"Fanvue is as it was. {_BACKUPS}; what the bot has written to you privately is yours to delete."
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
            f"⚠️ **Of {_some(number, 'alert')} nobody knows whether {it} arrived on Discord.** Where the "
            "channel is still there, look, and delete by hand what is about this creator."
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
    return f"{_some(_rows(gone), 'entry', 'entries')} of what came in, went out and was typed"


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
        f"{_some(counted['messages'], 'message')}, {_entries(counted)}, the connection to Fanvue, the team, "
        "and the forum and alerts channel on Discord. This cannot be undone.\n"
        f"Kept: {_some(counted['payments'], 'line')} about money for {terms.money / _YEAR:.0f} years and "
        f"{_some(counted['audit'], 'line')} of the audit for {_AUDIT}, without the name of any fan. Backups "
        "have everything until you delete them.\n"
        f"Nothing was changed. To begin, run the same command with --confirm {handle}"
    )


def operator_begun(handle: str) -> str:
    """Once it is asked for."""
    return (
        f"Everything about {handle} is being erased by the running bridge, or by the next one that starts. "
        "The same command says how far it is; at the end there is no such creator any more."
    )


def operator_told(erasure: CreatorErasure, places: int) -> str:
    gone = sum(number for table, number in erasure.counts.items() if table != UNCLEAR)
    return (
        f"This is being erased: {_some(gone, 'row')} of the database are gone, and "
        f"{_places(places)} still have to go from Discord."
    )
