"""The texts about lists and fans on their way onto them (pure)."""

from collections.abc import Mapping, Sequence

from bot.features.publishing.lists.jobs import ListJobTexts
from bot.features.publishing.lists.model import OwnList, OwnListMember
from bot.model.language import msgid, msgid_many, number_text, tr, tr_many, tr_stored
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.publishing import lists
from storage.publishing.lists import ListJobRecord

GO, STOP, YES, NO = "list.go", "list.stop", "list.yes", "list.no"  # buttons
DELETE, KEEP = "list.delete", "list.keep"
_NAME = 60
_NAMED = 30  # handles that a message shows
_HANDLE = 200
_IN_FILE = msgid(" All of them are in the file, one per line: correct them there and import it again.")
_UNCERTAIN = msgid_many("{n} uncertain", "{n} uncertain")
_UNDER_WAY = msgid_many("{n} on their way", "{n} on their way")
_COUNTED = {
    lists.ADDED: msgid_many("{n} added", "{n} added"),
    lists.THERE: msgid_many("{n} already on it", "{n} already on it"),
    lists.REFUSED: msgid_many("{n} not accepted by Fanvue", "{n} not accepted by Fanvue"),
    lists.UNSURE: msgid_many(
        "{n} of whom Fanvue doesn't say whether it added them",
        "{n} of whom Fanvue doesn't say whether it added them",
    ),
    lists.ADDING: _UNDER_WAY,
    lists.WAITING: msgid_many("{n} waiting", "{n} waiting"),
}
_SHOWN = 50  # lists, or members of one
NO_SUCH = msgid("Fanvue has no such list. Choose one from the suggestions as you type.")
SEVERAL = msgid("Several lists have this name. Choose one from the suggestions as you type.")
NO_FAN = msgid(
    "We can't find that fan. Choose one from the suggestions as you type, or use this in a fan's thread."
)
NO_NAME = msgid("A list's name is one line of up to 100 characters.")
NO_QUERY = msgid("Choose `spent:`, `bought:` or `expired:`, or several of them; fans must match all.")
NO_MONEY = msgid("Only members who see exact figures can use what fans spent. Ask your team's owner.")
NOBODY = msgid("No fan matches, so there is nothing to put on a list.")
NOT_ITEM = msgid("This isn't an item of the vault. Choose one from the suggestions as you type.")
PAUSED = msgid("No changes made.")
OVER = msgid("This question has expired. Run the command again.")
LEFT = msgid("Kept as is. No changes made.")
GOES_ON = msgid("It is already running.")
STOPS = msgid("It has already stopped.")
ENDED = msgid("It has already ended.")
STOPPED_BY_HAND = msgid("A member stopped it.")
WAITS = msgid("We asked Fanvue; the result appears in this answer.")
NOTHING_IN_IT = msgid("This file has no handles. Put one handle on each line, or name a column “handle”.")
NO_FILE = msgid("We can't read this file: it is not UTF-8 text. Save it as CSV in UTF-8 and send it again.")
TOO_MANY = msgid("This file has more than {most} handles. Split it into smaller ones.")


def called(name: str) -> str:
    """A list's name among other words."""
    return tr("“{name}”", name=safe(one_line(name, _NAME)))


def fans(number: int) -> str:
    return tr_many("{n} fan", "{n} fans", number)


def report(missing: Sequence[str]) -> str:
    """All handles that matched nobody, one on each line; '' where a message names them all."""
    return "" if len(missing) <= _NAMED else "".join(f"{one_line(one, _HANDLE)}\n" for one in missing)


def question(words: ListJobTexts, number: int, ref: str, there: OwnList | None) -> Post:
    """The effect of a yes; `report` goes with it."""
    if there is None:
        what = tr(
            "**{fans}** would be put on a new list {list} on Fanvue.",
            fans=fans(number),
            list=called(words.name),
        )
    else:
        what = tr(
            "**{fans}** would be put on the list {list} on Fanvue{sized}.",
            fans=fans(number),
            list=called(there.name),
            sized=_sized(there.size),
        )
    lines = [
        what,
        words.meant,
        *_missing(words, tr(_IN_FILE)),
    ]
    return Post(
        title=tr("Put fans on a list?"),
        body=tuple(line for line in lines if line),
        small=tr("Exactly these fans, even if more match later. Fans don't see that they are on a list."),
        buttons=(
            Button(YES, ref, tr("Put {fans} on it", fans=fans(number)), "primary"),
            Button(NO, ref, tr("No")),
        ),
    )


def ask_delete(found: OwnList, ref: str) -> Post:
    return Post(
        title=tr("Delete this list?"),
        body=(
            tr(
                "{list}{sized} would be deleted on Fanvue. The fans stay.",
                list=called(found.name),
                sized=_sized(found.size),
            ),
            tr("We can't read again who was on the list."),
        ),
        buttons=(Button(DELETE, ref, tr("Delete"), "danger"), Button(KEEP, ref, tr("Keep"))),
    )


def progress(job: ListJobRecord, words: ListJobTexts, counts: Mapping[str, int]) -> Post:
    """Its progress or end, with what can be done about it."""
    state = {
        lists.RUNNING: tr("Putting fans on {list}", list=called(words.name)),
        lists.STOPPED: tr("Stopped: {list}", list=called(words.name)),
        lists.DONE: tr("Done: {list}", list=called(words.name)),
    }[job.state]
    body = [told(job, counts)]
    if job.why is not None:
        body.append(tr_stored(job.why))
    if job.state == lists.DONE:
        body += _missing(words)
    buttons = {
        lists.RUNNING: (Button(STOP, job.id, tr("Stop")),),
        lists.STOPPED: (Button(GO, job.id, tr("Resume"), "primary"),),
        lists.DONE: (),
    }[job.state]
    return Post(title=state, body=tuple(body), buttons=buttons)


def told(job: ListJobRecord, counts: Mapping[str, int]) -> str:
    """The numbers: every fan of the ledger is in exactly one of them."""
    if not counts:
        return (
            tr("The list is on Fanvue.") if job.state == lists.DONE else tr("The list is not on Fanvue yet.")
        )
    adding = _UNCERTAIN if job.state == lists.STOPPED else _UNDER_WAY
    words = {**_COUNTED, lists.ADDING: adding}
    parts = [tr_many(*said, counts[state]) for state, said in words.items() if counts.get(state)]
    return tr("Of {fans}: {parts}.", fans=fans(sum(counts.values())), parts=", ".join(parts))


def ended(job: ListJobRecord, words: ListJobTexts, counts: Mapping[str, int]) -> Post:
    """The same for the alerts channel: numbers, and no fan's name."""
    by = f" {tr('<@{by}> asked for it.', by=job.by)}" if job.by is not None else ""
    if job.state == lists.DONE:
        said = tr("The list {list}: {told}", list=called(words.name), told=told(job, counts))
        return Post(body=(f"{said}{by}",))
    said = tr(
        "The list {list} stopped: {why} {told}",
        list=called(words.name),
        why=tr_stored(job.why or "") or tr(STOPPED_BY_HAND),
        told=told(job, counts),
    )
    said = f"{said}{by}"
    return Post(body=(said,), buttons=(Button(GO, job.id, tr("Resume"), "primary"),))


def all_lists(
    found: Sequence[OwnList], jobs: Sequence[tuple[ListJobRecord, ListJobTexts, Mapping[str, int]]]
) -> Post:
    """Every list with its size, and what is on its way."""
    lines = [f"{called(one.name)}{_sized(one.size)}" for one in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(tr("… and {more} more.", more=number_text(len(found) - _SHOWN)))
    lines = lines or [tr("No lists yet. Create one with /mass list create.")]
    buttons: list[Button] = []
    for job, words, counts in jobs:
        lines.append(
            f"**{progress(job, words, counts).title}** · {told(job, counts)} "
            f"{tr_stored(job.why or '')}".rstrip()
        )
        buttons += [
            Button(button.action, button.ref, f"{button.label}: {one_line(words.name, 30)}", button.style)
            for button in progress(job, words, counts).buttons
        ]
    return Post(title=tr("Lists of fans"), body=tuple(lines), buttons=tuple(buttons[:5]))


def members(found: OwnList, some: Sequence[OwnListMember], *, whole: bool) -> Post:
    """A list's members."""
    lines = [f"{safe(one_line(one.name or '?', 40))} · @{safe(one.handle or '?')}" for one in some[:_SHOWN]]
    if not whole or len(some) > _SHOWN:
        lines.append(
            tr("… and more: {total} in all.", total=number_text(found.size))
            if found.size is not None
            else tr("… and more.")
        )
    return Post(
        title=tr("List {list}", list=called(found.name)),
        body=("\n".join(lines) or tr("Nobody is on this list."),),
    )


def _missing(words: ListJobTexts, rest: str = "") -> list[str]:
    """Handles that matched nobody; `rest`: where those are that have no room here."""
    if not words.missing:
        return []
    shown = ", ".join(f"@{safe(one_line(one, 40))}" for one in words.missing[:_NAMED])
    more = len(words.missing) - _NAMED
    number = number_text(len(words.missing))
    if more <= 0:
        return [tr("No match ({number}): {handles}.", number=number, handles=shown)]
    said = tr(
        "No match ({number}): {handles} and {more} more.",
        number=number,
        handles=shown,
        more=number_text(more),
    )
    return [f"{said}{rest}"]


def _sized(size: int | None) -> str:
    return "" if size is None else f" ({fans(size)})"
