"""The texts about lists and fans on their way onto them (pure)."""

from collections.abc import Mapping, Sequence

from bot.features.publishing.lists.jobs import ListJobTexts
from bot.features.publishing.lists.model import OwnList, OwnListMember
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord

GO, STOP, YES, NO = "list.go", "list.stop", "list.yes", "list.no"  # buttons
DELETE, KEEP = "list.delete", "list.keep"
_NAME = 60
_NAMED = 30  # handles that a message shows
_HANDLE = 200
_IN_FILE = " All of them are in the file, one per line: correct them there and import it again."
_SHOWN = 50  # lists, or members of one
NO_SUCH = "Fanvue has no such list. Choose one from the suggestions as you type."
SEVERAL = "Several lists have this name. Choose one from the suggestions as you type."
NO_FAN = "We can't find that fan. Choose one from the suggestions as you type, or use this in a fan's thread."
NO_NAME = "A list's name is one line of up to 100 characters."
NO_QUERY = "Choose spent, bought or expired, or several of them; fans must match all."
NO_MONEY = "Only members who see exact figures can use what fans spent. Ask your team's owner."
NOBODY = "No fan matches, so there is nothing to put on a list."
NOT_ITEM = "This isn't an item of the vault. Choose one from the suggestions as you type."
PAUSED = "No changes made."
OVER = "This question has expired. Run the command again."
LEFT = "Kept as is. No changes made."
GOES_ON = "It is already running."
STOPS = "It has already stopped."
ENDED = "It has already ended."
STOPPED_BY_HAND = "A member stopped it."
WAITS = "We asked Fanvue; the result appears in this answer."
NOTHING_IN_IT = "This file has no handles. Put one handle on each line, or name a column “handle”."
NO_FILE = "We can't read this file: it is not UTF-8 text. Save it as CSV in UTF-8 and send it again."
TOO_MANY = "This file has more than {most:,} handles. Split it into smaller ones."


def called(name: str) -> str:
    """A list's name among other words."""
    return f"“{safe(one_line(name, _NAME))}”"


def fans(number: int) -> str:
    return f"{number:,} {'fan' if number == 1 else 'fans'}"


def report(missing: Sequence[str]) -> str:
    """All handles that matched nobody, one on each line; '' where a message names them all."""
    return "" if len(missing) <= _NAMED else "".join(f"{one_line(one, _HANDLE)}\n" for one in missing)


def question(words: ListJobTexts, number: int, ref: str, there: OwnList | None) -> Post:
    """The effect of a yes; `report` goes with it."""
    where = (
        f"a new list {called(words.name)} on Fanvue"
        if there is None
        else f"the list {called(there.name)} on Fanvue{_sized(there.size)}"
    )
    lines = [f"**{fans(number)}** would be put on {where}.", words.meant, *_missing(words, _IN_FILE)]
    return Post(
        title="Put fans on a list?",
        body=tuple(line for line in lines if line),
        small="Exactly these fans, even if more match later. Fans don't see that they are on a list.",
        buttons=(
            Button(YES, ref, f"Put {fans(number)} on it", "primary"),
            Button(NO, ref, "No"),
        ),
    )


def ask_delete(found: OwnList, ref: str) -> Post:
    return Post(
        title="Delete this list?",
        body=(
            f"{called(found.name)}{_sized(found.size)} would be deleted on Fanvue. The fans stay.",
            "We can't read again who was on the list.",
        ),
        buttons=(Button(DELETE, ref, "Delete", "danger"), Button(KEEP, ref, "Keep")),
    )


def progress(job: ListJobRecord, words: ListJobTexts, counts: Mapping[str, int]) -> Post:
    """Its progress or end, with what can be done about it."""
    state = {
        lists.RUNNING: f"Putting fans on {called(words.name)}",
        lists.STOPPED: f"Stopped: {called(words.name)}",
        lists.DONE: f"Done: {called(words.name)}",
    }[job.state]
    body = [told(job, counts)]
    if job.why is not None:
        body.append(job.why)
    if job.state == lists.DONE:
        body += _missing(words)
    buttons = {
        lists.RUNNING: (Button(STOP, job.id, "Stop"),),
        lists.STOPPED: (Button(GO, job.id, "Resume", "primary"),),
        lists.DONE: (),
    }[job.state]
    return Post(title=state, body=tuple(body), buttons=buttons)


def told(job: ListJobRecord, counts: Mapping[str, int]) -> str:
    """The numbers: every fan of the ledger is in exactly one of them."""
    if not counts:
        return "The list is on Fanvue." if job.state == lists.DONE else "The list is not on Fanvue yet."
    words = {
        lists.ADDED: "added",
        lists.THERE: "already on it",
        lists.REFUSED: "not accepted by Fanvue",
        lists.UNSURE: "of whom Fanvue doesn't say whether it added them",
        lists.ADDING: "uncertain" if job.state == lists.STOPPED else "on their way",
        lists.WAITING: "waiting",
    }
    parts = [f"{counts[state]:,} {said}" for state, said in words.items() if counts.get(state)]
    return f"Of {fans(sum(counts.values()))}: {', '.join(parts)}."


def ended(job: ListJobRecord, words: ListJobTexts, counts: Mapping[str, int]) -> Post:
    """The same for the alerts channel: numbers, and no fan's name."""
    by = f" <@{job.by}> asked for it." if job.by is not None else ""
    if job.state == lists.DONE:
        return Post(body=(f"The list {called(words.name)}: {told(job, counts)}{by}",))
    said = f"The list {called(words.name)} stopped: {job.why or STOPPED_BY_HAND} {told(job, counts)}{by}"
    return Post(body=(said,), buttons=(Button(GO, job.id, "Resume", "primary"),))


def all_lists(
    found: Sequence[OwnList], jobs: Sequence[tuple[ListJobRecord, ListJobTexts, Mapping[str, int]]]
) -> Post:
    """Every list with its size, and what is on its way."""
    lines = [f"{called(one.name)}{_sized(one.size)}" for one in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(f"… and {len(found) - _SHOWN:,} more.")
    lines = lines or ["No lists yet. Create one with /mass list create."]
    buttons: list[Button] = []
    for job, words, counts in jobs:
        lines.append(
            f"**{progress(job, words, counts).title}** · {told(job, counts)} {job.why or ''}".rstrip()
        )
        buttons += [
            Button(button.action, button.ref, f"{button.label}: {one_line(words.name, 30)}", button.style)
            for button in progress(job, words, counts).buttons
        ]
    return Post(title="Lists of fans", body=tuple(lines), buttons=tuple(buttons[:5]))


def members(found: OwnList, some: Sequence[OwnListMember], *, whole: bool) -> Post:
    """A list's members."""
    lines = [f"{safe(one_line(one.name or '?', 40))} · @{safe(one.handle or '?')}" for one in some[:_SHOWN]]
    if not whole or len(some) > _SHOWN:
        lines.append(f"… and more: {found.size:,} in all." if found.size is not None else "… and more.")
    return Post(title=f"List {called(found.name)}", body=("\n".join(lines) or "Nobody is on this list.",))


def _missing(words: ListJobTexts, rest: str = "") -> list[str]:
    """Handles that matched nobody; `rest`: where those are that have no room here."""
    if not words.missing:
        return []
    shown = ", ".join(f"@{safe(one_line(one, 40))}" for one in words.missing[:_NAMED])
    more = len(words.missing) - _NAMED
    return [f"No match ({len(words.missing):,}): {shown}{f' and {more:,} more.{rest}' if more > 0 else '.'}"]


def _sized(size: int | None) -> str:
    return "" if size is None else f" ({fans(size)})"
