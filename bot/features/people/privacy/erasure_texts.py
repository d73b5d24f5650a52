"""The texts about erasing a whole creator (pure)."""

from collections.abc import Iterator, Mapping

from bot.model.language import ENGLISH, msgid, number_text, speaking, tr, tr_many
from bot.model.ports import Post
from bot.text.colours import QUIET_COLOUR, TROUBLE_COLOUR
from bot.text.safe_text import one_line, safe
from storage.people.erasure_places import ErasurePlace, RemainingPlaces
from storage.people.erasures import UNCLEAR, CreatorErasure
from storage.people.retention import AUDIT, RetentionTerms

TYPE_IT = msgid("Erase everything…")
ONLY_THE_OWNER = msgid(
    "Only the person who connected the creator's own account can erase it. If they "
    "can't, the bridge's operator can, with fanvue-bridge privacy erase."
)
NOT_TAKEN = msgid("Discord timed out. Not erased: please try again.")
UNDER_WAY = msgid("This is already being erased.")
BEGUN = msgid(
    "It has started: we disconnect the account and erase everything, even across "
    "restarts. This answer shows progress for 15 minutes; then the bot messages you."
)
GIVEN_UP = msgid("Everything about this creator is erased.")
NAMED = 15  # channels, and as many messages, of what a person must delete
_BACKUPS = msgid("Backups keep everything until the bridge's operator deletes them")
_YEAR = 365.25


def question(handle: str, counted: Mapping[str, int], terms: RetentionTerms) -> Post:
    name = safe(one_line(handle, 40))
    gone = tr(
        "**Everything about @{name} is erased here. This can't be undone.**\n- {fans} with "
        "names, ids and subscriptions, {messages}, {entries}, with their texts\n- the connection "
        "to Fanvue: access is revoked, and nothing that waits is sent\n- the team: roles, "
        "grants, pauses, choices, drafts\n- on Discord the creator's forum with {posts} and "
        "its alerts channel, whole, with all that members wrote in them\n- from a channel "
        "that another creator shares, only this creator's own lines",
        name=name,
        fans=_fans(counted["fans"]),
        messages=_messages(counted["messages"]),
        entries=_entries(counted),
        posts=tr_many("{n} post", "{n} posts", counted["threads"]),
    )
    kept = tr(
        "**What stays:** {money_lines} about money for {years} years, and {audit_lines} of the audit for "
        "{days}, both without any fan's name. Fanvue is not touched. {backups}.",
        **_kept(counted, terms),
        backups=tr(_BACKUPS),
    )
    return Post(
        title=tr("Erase everything of @{name}?", name=name),
        body=(gone, kept),
        small=tr(
            "You will be asked to type the handle. Export the stored data first with /settings "
            "privacy export."
        ),
        accent=TROUBLE_COLOUR,
    )


def typed_wrong(handle: str) -> str:
    """The answer to a wrong handle."""
    return tr(
        "That is not **@{handle}**, so nothing was erased. Press “{type_it}” again and type "
        "the handle as shown in the question.",
        handle=safe(one_line(handle, 40)),
        type_it=tr(TYPE_IT),
    )


def wiping(places: int) -> Post:
    return _note(
        tr(
            "The account is disconnected, and nothing new arrives. We are emptying the database; "
            "{places} follow on Discord, slowly, so that nothing else waits.",
            places=_places(places),
        )
    )


def on_discord(places: int) -> Post:
    return _note(tr("The database is empty. Still to go on Discord: {places}.", places=_places(places)))


def revoking() -> Post:
    return _note(tr("Everything is erased except the connection: waiting for Fanvue to confirm."))


def report(
    gone: Mapping[str, int], kept: Mapping[str, int], terms: RetentionTerms, stays: RemainingPlaces
) -> Post:
    """The final report; `stays`: places the bot could not remove."""
    erased = tr(
        "**Erased:** {fans}, {messages}, {entries}, {grants}, the connection to Fanvue and "
        "everything else about this creator.",
        fans=_fans(gone.get("fans", 0)),
        messages=_messages(gone.get("messages", 0)),
        entries=_entries(gone),
        grants=tr_many("{n} grant", "{n} grants", gone.get("grants", 0)),
    )
    rest = tr(
        "**Kept:** {money_lines} about money for {years} years, as tax law asks, and {audit_lines} of the "
        "audit, which shows who did what, for {days}.\nNeither identifies a fan: the keys of "
        "their pseudonyms are destroyed.",
        **_kept(kept, terms),
    )
    more = tr(
        "Nothing changes on Fanvue. {backups}; what the bot wrote to you privately is yours to delete.",
        backups=tr(_BACKUPS),
    )
    body = (erased, *_by_hand(stays), *_doubt(gone), rest, more)
    return Post(title=tr("Everything about the creator is erased"), body=body, accent=QUIET_COLOUR)


def _by_hand(stays: RemainingPlaces) -> Iterator[str]:
    """Links to everything a person must delete: nothing where nothing stays."""
    if not stays.all_channels and not stays.all_messages:
        return
    kinds = (
        (tr("Channels"), [f"<#{place.channel}>" for place in stays.channels], stays.all_channels),
        (tr("Messages"), [_link(place) for place in stays.messages], stays.all_messages),
    )
    lists = []
    for kind, named, number in kinds:
        more = (
            tr(" and {number} more", number=number_text(number - len(named))) if number > len(named) else ""
        )
        if number:
            lists.append(f"- {kind}: {', '.join(named)}{more}")
    what = tr("⚠️ **Discord did not let the bot delete {stay}.** Please delete by hand:", stay=_stay(stays))
    yield "\n".join((what, *lists))


def _doubt(gone: Mapping[str, int]) -> Iterator[str]:
    """Alerts a person must look for, because the bot could not."""
    number = gone.get(UNCLEAR, 0)
    if number:
        yield tr_many(
            "⚠️ **For {n} alert we don't know whether it arrived on Discord.** If the channel is "
            "still there, check it and delete by hand what is about this creator.",
            "⚠️ **For {n} alerts we don't know whether they arrived on Discord.** If the channel is "
            "still there, check it and delete by hand what is about this creator.",
            number,
        )


def _link(place: ErasurePlace) -> str:
    if place.guild is None:
        return tr("message {message} in <#{channel}>", message=place.message, channel=place.channel)
    return f"https://discord.com/channels/{place.guild}/{place.channel}/{place.message}"


def _stay(stays: RemainingPlaces) -> str:
    channels, messages = stays.all_channels, stays.all_messages
    kinds = [tr_many("{n} channel", "{n} channels", channels)] if channels else []
    return tr(" and ").join([*kinds, *([_messages(messages)] if messages else [])])


def summary(gone: Mapping[str, int], stays: RemainingPlaces) -> str:
    """For the audit log, which has one language."""
    with speaking(ENGLISH):
        left, unclear = _stay(stays), gone.get(UNCLEAR, 0)
        rows, fans, messages = _rows(gone), gone.get("fans", 0), gone.get("messages", 0)
        said = f"erased: {_fans(fans)}, {_messages(messages)}, {rows:,} {'entry' if rows == 1 else 'entries'}"
    said += f"; {left} could not be deleted" if left else ""
    return (
        f"{said}; {unclear:,} alert{'' if unclear == 1 else 's'} may still be on Discord" if unclear else said
    )


def _entries(gone: Mapping[str, int]) -> str:
    return tr_many("{n} entry received, sent and typed", "{n} entries received, sent and typed", _rows(gone))


def _rows(gone: Mapping[str, int]) -> int:
    return sum(gone.get(table, 0) for table in ("inbox", "outbox", "commands"))


def _places(number: int) -> str:
    return tr_many("{n} channel, post or line", "{n} channels, posts and lines", number)


def _fans(number: int) -> str:
    return tr_many("{n} fan", "{n} fans", number)


def _messages(number: int) -> str:
    return tr_many("{n} message", "{n} messages", number)


def _lines(number: int) -> str:
    return tr_many("{n} line", "{n} lines", number)


def _kept(counted: Mapping[str, int], terms: RetentionTerms) -> dict[str, str]:
    """What a sentence says of all that stays, and for how long."""
    return {
        "money_lines": _lines(counted["payments"]),
        "years": f"{terms.money / _YEAR:.0f}",
        "audit_lines": _lines(counted["audit"]),
        "days": tr_many("{n} day", "{n} days", AUDIT),
    }


def _note(text: str) -> Post:
    return Post(title=tr("Erasing"), body=(text,), accent=QUIET_COLOUR)


# ── the operator's command ──


def operator_asked(handle: str, counted: Mapping[str, int], terms: RetentionTerms) -> str:
    """The planned erasure, and how to begin."""
    return tr(
        "Everything about {handle} would be erased: {fans}, {messages}, {entries}, the "
        "connection to Fanvue, the team, and the forum and alerts channel on Discord. This "
        "can't be undone.\nKept: {money_lines} about money for {years} years and {audit_lines} of the "
        "audit for {days}, without any fan's name. Backups keep everything until you delete "
        "them.\nNo changes made. To start, run the same command with --confirm {handle}",
        handle=handle,
        fans=_fans(counted["fans"]),
        messages=_messages(counted["messages"]),
        entries=_entries(counted),
        **_kept(counted, terms),
    )


def operator_begun(handle: str) -> str:
    """Once it is asked for."""
    return tr(
        "The running bridge, or the next one that starts, is erasing everything about "
        "{handle}. Run the same command to see progress; at the end this creator no longer "
        "exists.",
        handle=handle,
    )


def operator_told(erasure: CreatorErasure, places: int) -> str:
    gone = sum(number for table, number in erasure.counts.items() if table != UNCLEAR)
    return tr_many(
        "This is being erased: {n} row of the database are gone, and {places} are still to be "
        "deleted from Discord.",
        "This is being erased: {n} rows of the database are gone, and {places} are still to be "
        "deleted from Discord.",
        gone,
        places=_places(places),
    )
