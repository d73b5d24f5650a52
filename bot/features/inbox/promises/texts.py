"""Texts about promises, for those who make, keep and read them (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.features.inbox.promises.content import PromiseContent
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
NO_SUCH = "We can't find that promise. See the open ones with /fan promise list."
NOTHING_OWED = "No open promises for this fan. Add one with /fan promise add."
WHICH = "This fan has several promises. Choose one under promise: from the list."
NOTHING_TO_CHANGE = "Say what to change: until: for a new time, what: for new words."
EMPTY = "Say what you promise, for example “the video”. Not saved."
NO_REASON = "Say why you drop it, for colleagues who ask. No changes made."
NOT_OURS = "Use this on a message your team sent, or write the promise down with /fan promise add."
_OWES = Button(ADD, "0" * 22, "Add a promise")
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
    return f"This fan has {most} open promises, the most we keep. Keep or drop one first."


def too_long(most: int) -> str:
    return f"This is longer than {most} characters. Please shorten it."


def added(what: str, due: Millis, now: Millis, zone: ZoneInfo, *, chosen: bool) -> str:
    """It is written down; `chosen`: somebody has chosen the zone."""
    said = (
        f"Promised: **{safe(what)}**, due {words_of(due, now, zone)}, {for_you(due)}. It's on "
        "the card, and the alerts channel reminds you. The fan doesn't see this."
    )
    return said if chosen else f"{said}\n{NO_ZONE}"


def changed(what: str, due: Millis, now: Millis, zone: ZoneInfo) -> str:
    """It says so from now on."""
    return f"Changed: **{safe(what)}**, due {words_of(due, now, zone)}, {for_you(due)}."


def kept(what: str) -> str:
    return f"Kept: **{safe(what)}**. It's off the card."


def dropped(what: str) -> str:
    """It will not be done."""
    return f"Dropped: **{safe(what)}**. It's off the card, and /fan promise list still shows why."


def over(promise: Promise) -> str:
    did = "kept" if promise.state == KEPT else "dropped"
    return (
        f"No changes made: <@{promise.settled_by}> already marked this as {did} {_ago(promise.settled or 0)}."
    )


def moved(promise: Promise) -> str:
    """It is not due any more."""
    return f"No changes made: this was already moved. It is due {stamp(promise.due)}."


def to_team(number: int) -> str:
    """Their member has left."""
    what = "1 promise" if number == 1 else f"{number} promises"
    return f"{what} to fans, now owed by the whole team"


def reminder(effect: EffectId, promise: Promise, label: str, whom: PingRecipients) -> Post:
    """Something is due; it says whom it is owed, and not what: a lock screen shows it."""
    names = [*(f"<@{one}>" for one in whom.members), *(f"<@&{one}>" for one in whom.roles)]
    said = f"A promise to **{label}** is due {_at(promise.due)}. The card in the chat says what."
    return Post(
        title="A promise is due",
        body=(" ".join(names), said),
        buttons=(
            Button(DONE, promise.id, "Done", "success"),
            Button(TOMORROW, promise.id, "Tomorrow"),
            Button(DROP, promise.id, "Drop"),
            Button(SHOW, promise.id, "What was it?"),
            Button("chat.open", effect, "Open the chat"),
        ),
    )


def shown(line: PromiseLine) -> Post:
    return Post(title=f"A promise to {line.label}", body=(_told(line, most=None),))


def card_lines(owed: Sequence[tuple[Promise, PromiseContent, PrivacyMode]]) -> list[str]:
    """A card's lines about promises to the fan, due first; the mode says how much of the words may show."""
    lines = [
        f"Promised: {_covered(texts, mode)} · due {_at(promise.due)} · {_who(promise)}"
        for promise, texts, mode in owed[:_ON_CARD]
    ]
    more = len(owed) - _ON_CARD
    return [*lines, f"… and {more} more promises (/fan promise list)"] if more > 0 else lines


def page(lines: Sequence[PromiseLine], number: int, most: int, *, of_fan: bool) -> Post:
    """One page of them, in the order given; `most`: lines of a page."""
    pages = max(-(-len(lines) // most), 1)
    number = max(min(number, pages - 1), 0)
    on_it = lines[number * most :][:most]
    turns = [_OWES] if of_fan else []
    if number > 0:
        turns.append(Button(PAGE, page_ref(number - 1), "Back"))
    if number < pages - 1:
        turns.append(Button(PAGE, page_ref(number + 1), "More"))
    turns += [ABOUT_FAN] if of_fan else []
    small = f"{len(lines)} in all · page {number + 1} of {pages}" if pages > 1 else None
    empty = NOTHING_OWED if of_fan else "No open promises."
    return Post(
        title="Promised to this fan" if of_fan else "Promises to fans",
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
        (one_line(f"{texts.what} · {'overdue' if promise.due <= now else 'open'}", 90), promise.id)
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
        whose += f" of @{safe(one_line(line.handle, _HANDLE))}" if line.handle is not None else ""
        whose += " · "
    what = f"**{_cut(line.texts.what, most)}**" if promise.state == OPEN else _cut(line.texts.what, most)
    if promise.state == OPEN:
        said = f"{whose}{what} · due {_at(promise.due)} · {_who(promise)}"
    else:
        did = "kept" if promise.state == KEPT else "dropped"
        why = f": {_cut(line.texts.reason, most)}" if line.texts.reason else ""
        said = f"{whose}{what} · {did} by <@{promise.settled_by}> {_ago(promise.settled or 0)}{why}"
    return said if line.way is None else f"{said}\n{line.way}"


def _covered(texts: PromiseContent, mode: PrivacyMode) -> str:
    if mode is PrivacyMode.PRIVATE:
        return "something (/fan promise list says what)"
    what = safe(one_line(texts.what, _CARD))
    return f"||{what}||" if mode is PrivacyMode.COVERED else f"**{what}**"


def _cut(text: str, most: int | None) -> str:
    return safe(one_line(text, most or len(text)))


def _who(promise: Promise) -> str:
    return f"<@{promise.owed_by}>" if promise.owed_by is not None else "the team"


def _at(at: Millis) -> str:
    return f"<t:{at // 1000}:f>, <t:{at // 1000}:R>"


def _ago(at: Millis) -> str:
    return f"<t:{at // 1000}:R>"
