"""Texts about promises, for those who make, keep and read them (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.features.inbox.promises.content import PromiseContent
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.relay.ping_recipients import PingRecipients
from bot.text.colours import QUIET_COLOUR, TEAM_COLOUR
from bot.text.moments import for_you, stamp, words_of
from bot.text.render import ABOUT_FAN
from bot.text.safe_text import one_line, safe
from bot.text.typed_times import NO_ZONE
from storage.inbox.promises import KEPT, OPEN, Promise
from storage.people.privacy_modes import PrivacyMode
from storage.records import EffectId, Millis

ADD, PAGE, SHOW = "promise.add", "promise.page", "promise.show"
DONE, TOMORROW, DROP = "promise.done", "promise.tomorrow", "promise.drop"
NO_SUCH = msgid("We can't find that promise. See the open ones with /fan promise list.")
NOTHING_OWED = msgid("No open promises for this fan. Add one with /fan promise add.")
WHICH = msgid("This fan has several promises. Choose one from the list under `promise:`.")
NOTHING_TO_CHANGE = msgid("Say what to change: `until:` for a new time, `what:` for new words.")
EMPTY = msgid("Say what you promise, for example “the video”. Not saved.")
NO_REASON = msgid("Say why you drop it, for colleagues who ask. No changes made.")
NOT_OURS = msgid("Use this on a message your team sent, or write the promise down with /fan promise add.")
_OWES = Button(ADD, "0" * 22, msgid("Add a promise"))
_ON_CARD, _CARD = 3, 80
_TIGHT = 30
_ROOM = 3600  # characters of a page, of the 4,000 that a message can have
_HANDLE = 40


@dataclass(frozen=True)
class PromiseLine:
    """One promise as a list shows it. Labels are Markdown, made safe."""

    promise: Promise
    texts: PromiseContent
    label: str | None = None  # the fan, where the list is about several
    handle: str | None = None  # the creator, likewise
    way: str | None = None  # an address: of the message that was marked, or of the thread


def too_many(most: int) -> str:
    """There is no room for another one."""
    return tr("This fan has {most} open promises, the most we keep. Keep or drop one first.", most=most)


def too_long(most: int) -> str:
    return tr("This is longer than {most} characters. Please shorten it.", most=most)


def added(what: str, due: Millis, now: Millis, zone: ZoneInfo, *, chosen: bool) -> str:
    """It is written down; `chosen`: somebody has chosen the zone."""
    said = tr(
        "Promised: **{what}**, due {due}, {for_you}. It's on the card, and the alerts "
        "channel reminds you. The fan doesn't see this.",
        what=safe(what),
        due=words_of(due, now, zone),
        for_you=for_you(due),
    )
    return said if chosen else f"{said}\n{tr(NO_ZONE)}"


def changed(what: str, due: Millis, now: Millis, zone: ZoneInfo) -> str:
    """It says so from now on."""
    return tr(
        "Changed: **{what}**, due {due}, {for_you}.",
        what=safe(what),
        due=words_of(due, now, zone),
        for_you=for_you(due),
    )


def kept(what: str) -> str:
    return tr("Kept: **{what}**. It's off the card.", what=safe(what))


def dropped(what: str) -> str:
    """It will not be done."""
    return tr(
        "Dropped: **{what}**. It's off the card, and /fan promise list still shows why.", what=safe(what)
    )


def over(promise: Promise) -> str:
    by, when = promise.settled_by, _ago(promise.settled or 0)
    if promise.state == KEPT:
        return tr("No changes made: <@{by}> already marked this as kept {when}.", by=by, when=when)
    return tr("No changes made: <@{by}> already marked this as dropped {when}.", by=by, when=when)


def moved(promise: Promise) -> str:
    """It is not due any more."""
    return tr("No changes made: this was already moved. It is due {due}.", due=stamp(promise.due))


def to_team(number: int) -> str:
    """Their member has left."""
    return tr_many(
        "{n} promise to fans, now owed by the whole team",
        "{n} promises to fans, now owed by the whole team",
        number,
        n=number,
    )


def reminder(effect: EffectId, promise: Promise, label: str, whom: PingRecipients) -> Post:
    """Something is due; it says whom it is owed, and not what: a lock screen shows it."""
    names = [*(f"<@{one}>" for one in whom.members), *(f"<@&{one}>" for one in whom.roles)]
    said = tr(
        "A promise to **{fan}** is due {due}. The card in the chat says what.",
        fan=label,
        due=_at(promise.due),
    )
    return Post(
        title=tr("A promise is due"),
        body=(" ".join(names), said),
        buttons=(
            Button(DONE, promise.id, tr("Done"), "success"),
            Button(TOMORROW, promise.id, tr("Tomorrow")),
            Button(DROP, promise.id, tr("Drop")),
            Button(SHOW, promise.id, tr("What was it?")),
            Button("chat.open", effect, tr("Open the chat")),
        ),
    )


def shown(line: PromiseLine) -> Post:
    return Post(title=tr("A promise to {fan}", fan=line.label), body=(_told(line, most=None),))


def card_lines(owed: Sequence[tuple[Promise, PromiseContent, PrivacyMode]]) -> list[str]:
    """A card's lines about promises to the fan, due first; the mode says how much of the words may show."""
    lines = [
        tr(
            "Promised: {what} · due {due} · {who}",
            what=_covered(texts, mode),
            due=_at(promise.due),
            who=_who(promise),
        )
        for promise, texts, mode in owed[:_ON_CARD]
    ]
    more = len(owed) - _ON_CARD
    return [*lines, tr("… and {more} more promises (/fan promise list)", more=more)] if more > 0 else lines


def page(lines: Sequence[PromiseLine], number: int, most: int, *, of_fan: bool) -> Post:
    """One page of them, in the order given; `most`: lines of a page."""
    pages = max(-(-len(lines) // most), 1)
    number = max(min(number, pages - 1), 0)
    on_it = lines[number * most :][:most]
    turns = [_OWES] if of_fan else []
    if number > 0:
        turns.append(Button(PAGE, page_ref(number - 1), tr("Back")))
    if number < pages - 1:
        turns.append(Button(PAGE, page_ref(number + 1), tr("More")))
    turns += [ABOUT_FAN] if of_fan else []
    small = (
        tr("{total} in all · page {number} of {pages}", total=len(lines), number=number + 1, pages=pages)
        if pages > 1
        else None
    )
    empty = tr(NOTHING_OWED) if of_fan else tr("No open promises.")
    return Post(
        title=tr("Promised to this fan") if of_fan else tr("Promises to fans"),
        body=tuple(_fitting(on_it)) or (empty,),
        small=small,
        accent=TEAM_COLOUR if lines else QUIET_COLOUR,
        buttons=tuple(turns),
    )


def page_ref(number: int) -> str:
    """The reference on a page's button: it means nothing outside the channel that it is pressed in."""
    return f"{number:022d}"


def offered(owed: Sequence[tuple[Promise, PromiseContent]], typed: str, now: Millis) -> list[tuple[str, str]]:
    """Open ones that have what is typed in them: words and key."""
    wanted = typed.strip().casefold()
    return [
        (one_line(f"{texts.what} · {tr('overdue') if promise.due <= now else tr('open')}", 90), promise.id)
        for promise, texts in owed
        if wanted in texts.what.casefold()
    ][:25]


def _fitting(lines: Sequence[PromiseLine]) -> list[str]:
    """A text for each; where all is too much for a message, the words are shortened."""
    texts = [_told(line, most=None) for line in lines]
    if sum(len(text) + 1 for text in texts) > _ROOM:
        texts = [_told(line, most=_TIGHT) for line in lines]
    return texts


def _told(line: PromiseLine, *, most: int | None) -> str:
    promise, whose = line.promise, ""
    if line.label is not None:
        whose = f"**{line.label}**"
        whose += (
            tr(" of @{handle}", handle=safe(one_line(line.handle, _HANDLE)))
            if line.handle is not None
            else ""
        )
        whose += " · "
    what = f"**{_cut(line.texts.what, most)}**" if promise.state == OPEN else _cut(line.texts.what, most)
    if promise.state == OPEN:
        how = tr("due {due} · {who}", due=_at(promise.due), who=_who(promise))
    else:
        why = f": {_cut(line.texts.reason, most)}" if line.texts.reason else ""
        how = f"{_settled(promise)}{why}"
    said = f"{whose}{what} · {how}"
    return said if line.way is None else f"{said}\n{line.way}"


def _settled(promise: Promise) -> str:
    by, when = promise.settled_by, _ago(promise.settled or 0)
    if promise.state == KEPT:
        return tr("kept by <@{by}> {when}", by=by, when=when)
    return tr("dropped by <@{by}> {when}", by=by, when=when)


def _covered(texts: PromiseContent, mode: PrivacyMode) -> str:
    if mode is PrivacyMode.PRIVATE:
        return tr("something (/fan promise list says what)")
    what = safe(one_line(texts.what, _CARD))
    return f"||{what}||" if mode is PrivacyMode.COVERED else f"**{what}**"


def _cut(text: str, most: int | None) -> str:
    return safe(one_line(text, most or len(text)))


def _who(promise: Promise) -> str:
    return f"<@{promise.owed_by}>" if promise.owed_by is not None else tr("the team")


def _at(at: Millis) -> str:
    return f"<t:{at // 1000}:f>, <t:{at // 1000}:R>"


def _ago(at: Millis) -> str:
    return f"<t:{at // 1000}:R>"
