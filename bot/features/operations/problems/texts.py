"""The texts about problems: they say what is known and what to do (pure)."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from bot.features.operations.problems.effect_names import PROPOSED, READING, WHAT
from bot.features.operations.problems.outcome_names import OUTCOMES, SENT
from bot.features.publishing.proposals.model import is_proposed
from bot.features.publishing.proposals.texts import MAY_SAY
from bot.model.language import msgid, tr, tr_many, tr_stored
from bot.model.ports import Button, Post
from bot.text.render import person_label
from bot.text.safe_text import one_line, safe
from storage.operations.attention import WaitingEffect
from storage.records import EffectId, EffectState, FactId, Link, Millis, Reference

PAGE = 5
NO_RIGHTS = msgid("The bot is missing permissions on this server: run /setup again.")
CLOCK = msgid(
    "Webhooks are signed correctly, but their time is minutes off: this machine's clock "
    "is wrong, or someone is sending old ones again.\nWe refuse them; messages are found "
    "by checking and only arrive later.\nThe operator must set the clock "
    "(docs/operating.md, “Clock or replay”)."
)
UNKNOWN_SIGNATURE = msgid(
    "Webhooks have a signature that does not fit FANVUE_WEBHOOK_SECRETS, so we refuse "
    "them all.\nMessages are found by checking and only arrive later.\nCopy the signing "
    "secret from Fanvue → Developer Area → your app → Webhooks into that setting and "
    "restart the bridge.\nIf it is already the same, someone else sends these."
)
SEND = "chat.send"
WAS, WAS_NOT = "wait.was", "wait.was_not"
AGAIN, DROP, NOW, TURN, LIST = "wait.again", "wait.drop", "wait.now", "wait.page", "wait.list"

_WHY = 400  # characters of a sentence that are shown
_LINKS = 3
_CHANNEL = re.compile(r"<#\d+>")


@dataclass(frozen=True)
class OpenProblem:
    """One thing to settle. `ref` is what its buttons name; without one, no button helps."""

    ref: EffectId | FactId | None
    text: str
    since: Millis
    buttons: tuple[tuple[str, str, str], ...] = ()  # action, label, style
    replies: int = 0  # that it holds up: not sent, or nobody knows whether


def problems(rows: Sequence[WaitingEffect], link: Link | None = None) -> list[OpenProblem]:
    """One problem for each effect that asks for a word, one for all that the same reason holds up."""
    asking = [row for row in rows if _wants_a_word(row)]
    groups: dict[tuple[str, str], list[WaitingEffect]] = {}
    for row in rows:
        if not _wants_a_word(row):
            groups.setdefault((row.network, _CHANNEL.sub("#", row.why)), []).append(row)
    found = [_asks(row) for row in asking] + [_paused(group) for group in groups.values()]
    # What waits for a sign-in says so itself; a link that nothing waits for yet says it here.
    if link is not None and not any(network == "fanvue" for network, _ in groups):
        text = tr(
            "**@{handle}** must sign in to Fanvue again: the creator runs /link.",
            handle=safe(one_line(link.handle, 40)),
        )
        found.append(OpenProblem(None, text, 0))
    return sorted(found, key=lambda problem: problem.since)


def page(found: Sequence[OpenProblem], number: int) -> Post:
    """One page of the private list, with the buttons that settle what is on it."""
    if not found:
        return Post(body=(tr("Nothing needs your attention."),))
    pages = -(-len(found) // PAGE)
    number = max(min(number, pages - 1), 0)
    shown = _numbered(found, number * PAGE)
    turns = []
    if number > 0:
        turns.append(Button(TURN, page_ref(number - 1), tr("Back")))
    if number < pages - 1:
        turns.append(Button(TURN, page_ref(number + 1), tr("More")))
    small = (
        tr("{total} · page {number} of {pages}", total=_in_all(len(found)), number=number + 1, pages=pages)
        if pages > 1
        else _in_all(len(found))
    )
    return replace(shown, small=small, buttons=(*shown.buttons, *turns))


def board(found: Sequence[OpenProblem], ref: Reference) -> Post:
    """The message in the alerts channel; `ref` is its own reference."""
    shown = _numbered(found, 0)
    return replace(
        shown, small=_in_all(len(found)), buttons=(*shown.buttons, Button(LIST, ref, tr("Show all")))
    )


def lost_target(handle: str, reason: str) -> Post:
    """A private message to the person who linked: the team's server does not let the bot act."""
    return Post(
        title=tr("@{handle}: your team's server is blocking the bot", handle=safe(one_line(handle, 40))),
        body=(
            tr_stored(reason),
            tr("Nothing is lost: we keep what fans write and post it once the bot may. See /inbox status."),
        ),
    )


def clock_alert() -> Post:
    """Told once when the clock, or a replay, has webhooks refused."""
    return Post(title=tr("Live events are refused: clock or replay"), body=(tr(CLOCK),))


def secret_alert() -> Post:
    """Told once when webhooks are signed with a secret that the bridge does not have."""
    return Post(title=tr("Live events are refused: wrong webhook secret"), body=(tr(UNKNOWN_SIGNATURE),))


def digest(found: Sequence[OpenProblem]) -> str:
    """The same for two lists that look the same."""
    packed = json.dumps([asdict(problem) for problem in found], ensure_ascii=True)
    return hashlib.sha256(packed.encode()).hexdigest()


def page_ref(number: int) -> str:
    """A page's number in the form that every button's reference has."""
    return f"{number:022d}"


def _numbered(found: Sequence[OpenProblem], start: int) -> Post:
    shown = found[start : start + PAGE]
    buttons = [
        Button(action, problem.ref, f"{number}: {label}", style)
        for number, problem in enumerate(shown, start=start + 1)
        if problem.ref is not None
        for action, label, style in problem.buttons
    ]
    return Post(
        title=tr("This needs your attention"),
        body=tuple(f"**{number}.** {problem.text}" for number, problem in enumerate(shown, start=start + 1)),
        buttons=tuple(buttons),
    )


def _asks(row: WaitingEffect) -> OpenProblem:
    if is_proposed(row.kind):
        return _asks_which(row)
    what = tr(WHAT.get(row.kind, READING)[0], fan=_fan(row))
    text = f"{tr(_ending(row), what=what)} {one_line(tr_stored(row.why), _WHY)}{_place(row)}"
    if row.kind == SEND:
        buttons = ((AGAIN, tr("Send again"), "primary"), (DROP, tr("Discard"), "danger"))
    elif row.network == "discord":
        buttons = (
            (AGAIN, tr("It wasn't posted, post it again"), "primary"),
            (DROP, tr("Keep as is"), "secondary"),
        )
    else:
        buttons = ((AGAIN, tr("Try again"), "primary"), (DROP, tr("Keep as is"), "secondary"))
    return OpenProblem(row.id, text, row.since, buttons, replies=_replies([row]))


def _ending(row: WaitingEffect) -> str:
    if row.kind == SEND and row.state is EffectState.ABSENT:
        return msgid("{what} is not in the chat.")
    if row.kind == SEND and row.state is EffectState.REJECTED:
        return msgid("{what} was not sent.")
    if row.network != "discord":
        return msgid("{what} did not work.")
    rejected = row.state is EffectState.REJECTED
    return msgid("{what} was not posted.") if rejected else msgid("{what} may not be posted.")


def _asks_which(row: WaitingEffect) -> OpenProblem:
    """An action for a whole creator is never done again from here: a word only says how it ended."""
    what, outcome = tr(WHAT.get(row.kind, PROPOSED)[0], fan=""), OUTCOMES.get(row.kind, SENT)
    rejected, why = row.state is EffectState.REJECTED, one_line(tr_stored(row.why), _WHY)
    said = outcome.did_not if rejected else outcome.unknown
    text = tr(said, what=what, made=row.made // 1000, why=why)
    if rejected:
        return OpenProblem(row.id, text, row.since, ((DROP, tr("Remove from the list"), "secondary"),))
    words = ((WAS, tr(outcome.did), "primary"), (WAS_NOT, tr("It was not"), "secondary"))
    if row.state is EffectState.UNKNOWN:
        words = ((WAS, tr("It is there"), "primary"), (WAS_NOT, tr("It is not there"), "secondary"))
    return OpenProblem(row.id, text, row.since, words)


def _paused(group: Sequence[WaitingEffect]) -> OpenProblem:
    first = group[0]
    counted = Counter(WHAT.get(row.kind, READING)[1] for row in group)
    waiting = ", ".join(tr_many(*words, number, n=number) for words, number in counted.items())
    places = [place for row in group[:_LINKS] if (place := _place(row))]
    more = tr(" and {number} more", number=len(group) - _LINKS) if len(group) > _LINKS else ""
    text = tr(
        "{why} Waiting for it: {waiting}. {places}{more}",
        why=one_line(tr_stored(first.why), _WHY),
        waiting=waiting,
        places="".join(places),
        more=more,
    ).rstrip()
    buttons = ((NOW, tr("I fixed it, try now"), "primary"),)
    return OpenProblem(first.id, text, first.since, buttons, replies=_replies(group))


def _replies(rows: Sequence[WaitingEffect]) -> int:
    return sum(row.kind == SEND for row in rows)


def _wants_a_word(row: WaitingEffect) -> bool:
    return row.state in (EffectState.ABSENT, EffectState.REJECTED) or row.why.endswith(MAY_SAY)


def _fan(row: WaitingEffect) -> str:
    if row.fan is None:
        return tr("a fan")
    return f"**{person_label(row.fan, row.display_name, row.handle, digits=row.mistakable)}**"


def _place(row: WaitingEffect) -> str:
    """The address to jump to; Discord shows it as the name of the thread."""
    if row.guild is None or row.thread is None:
        return ""
    there = row.shown.replace(":", "/") if row.shown is not None else str(row.thread)
    return f"\nhttps://discord.com/channels/{row.guild}/{there}"


def _in_all(number: int) -> str:
    return tr("{number} in all", number=number) if number > 1 else tr("Nothing else is waiting")
