"""The board and the pages of a member's list, as Discord shows them (pure)."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from bot.features.inbox.board.lines import LABELS, BoardLine, BoardList, text_of
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR, TEAM_COLOUR
from storage.records import CreatorId, DiscordId, Reference

TITLE = msgid("Who waits")
OPEN, TURN, PICK, SNOOZE = "inbox.open", "inbox.page", "inbox.pick", "inbox.snooze"
TOP = 10  # lines of the board
PAGE = 8  # lines of a page
_DIGITS = 21
_PUT_OFF = {BoardList.UNANSWERED, BoardList.MINE, BoardList.VIP}  # lists from which fans can be put off
_EMPTY = {
    BoardList.UNANSWERED: msgid("All clear: every fan has an answer."),
    BoardList.MINE: msgid("Nobody is waiting for you."),
    BoardList.VIP: msgid("No VIP is waiting."),
    BoardList.SNOOZED: msgid("Nobody is snoozed."),
    BoardList.ATTENTION: msgid("No fan needs a decision."),
}


def board(lines: Sequence[BoardLine], ref: Reference, held: int = 0) -> Post:
    """The message of one creator: `lines` are all who wait, heaviest first; `ref` is its own reference.

    `held`: replies that wait for a lead.
    """
    more = len(lines) - TOP
    small = tr_many("{n} waiting", "{n} waiting", len(lines))
    if more > 0:
        small += f" · {tr('{number} not shown: /inbox waiting', number=more)}"
    return Post(
        title=tr(TITLE),
        body=tuple(text_of(line) for line in lines[:TOP]) or (tr(_EMPTY[BoardList.UNANSWERED]),),
        small="\n".join(filter(None, [small if lines else None, _held(held)])) or None,
        accent=TEAM_COLOUR if lines else QUIET_COLOUR,
        buttons=(Button(OPEN, ref, tr("My inbox")),),
    )


def _held(number: int) -> str | None:
    if not number:
        return None
    return tr_many(
        "{n} reply is waiting for a lead: /inbox review",
        "{n} replies are waiting for a lead: /inbox review",
        number,
    )


def digest(post: Post) -> str:
    """The same for two boards that look the same."""
    packed = json.dumps([post.body, post.small], ensure_ascii=True)
    return hashlib.sha256(packed.encode()).hexdigest()


def page(
    lines: Sequence[BoardLine],
    which: BoardList,
    number: int,
    *,
    handles: Mapping[CreatorId, str],
    member: DiscordId,
    settles: bool,
) -> Post:
    """One page of a member's list; `handles`: of the creators, where there are several.

    `settles`: whether the member may use /inbox problems, and put fans off.
    """
    pages = _pages(lines)
    number = max(min(number, pages - 1), 0)
    shown = on_page(lines, number)
    turns = []
    if number > 0:
        turns.append(Button(TURN, page_ref(which, number - 1), tr("Back")))
    if number < pages - 1:
        turns.append(Button(TURN, page_ref(which, number + 1), tr("More")))
    if settles and which in _PUT_OFF and any(line.thread is not None for line in shown):
        turns.append(Button(SNOOZE, page_ref(which, number), tr("Snooze…")))
    return Post(
        title=tr("Your inbox: {list}", list=tr(LABELS[which])),
        body=tuple(line_for(line, handles, member) for line in shown) or (tr(_EMPTY[which]),),
        small=_small(len(lines), which, number, pages, settles=settles),
        accent=TEAM_COLOUR if shown else QUIET_COLOUR,
        buttons=tuple(turns),
    )


def on_page(lines: Sequence[BoardLine], number: int) -> Sequence[BoardLine]:
    """Those of a list that its page shows; of a page that is no more there, the last one's."""
    number = max(min(number, _pages(lines) - 1), 0)
    return lines[number * PAGE :][:PAGE]


def choice(counts: Mapping[BoardList, int]) -> Choice:
    """The lists to choose from, with how long each one is."""
    return Choice(
        action=PICK,
        ref=page_ref(BoardList.UNANSWERED, 0),
        placeholder=tr("Show another list"),
        options=tuple(
            ChoiceOption(which.value, f"{tr(LABELS[which])} · {counts[which]}") for which in BoardList
        ),
    )


def page_ref(which: BoardList, number: int) -> str:
    """A page of a list in the form that every button's reference has."""
    return f"{which.value}{number:0{_DIGITS}d}"


def page_in(ref: str) -> tuple[BoardList, int]:
    """The page that such a reference names; the first one of all who wait for what was never made here."""
    letter, digits = ref[:1], ref[1:]
    if letter not in {which.value for which in BoardList} or not (digits.isascii() and digits.isdigit()):
        return BoardList.UNANSWERED, 0
    return BoardList(letter), int(digits)


def _pages(lines: Sequence[BoardLine]) -> int:
    return max(-(-len(lines) // PAGE), 1)


def line_for(line: BoardLine, handles: Mapping[CreatorId, str], member: DiscordId) -> str:
    """A line as this member reads it."""
    return text_of(line, of=handles.get(line.creator), reader=member)


def _small(number: int, which: BoardList, page_number: int, pages: int, *, settles: bool) -> str | None:
    if not number:
        return None
    said = [tr("{number} in all", number=number)]
    if pages > 1:
        said.append(tr("page {number} of {pages}", number=page_number + 1, pages=pages))
    if which is BoardList.ATTENTION:
        said.append(
            tr("Settle them in /inbox problems")
            if settles
            else tr("anyone who may answer these fans can decide")
        )
    return " · ".join(said)
