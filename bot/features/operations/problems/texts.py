"""The texts about problems: they say what is known and what to do (pure)."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from bot.features.operations.problems.effect_names import DONE, PROPOSED, READING, WHAT
from bot.features.publishing.proposals.model import is_proposed
from bot.features.publishing.proposals.texts import MAY_SAY
from bot.model.ports import Button, Post
from bot.text.render import person_label
from bot.text.safe_text import one_line, safe
from storage.operations.attention import WaitingEffect
from storage.records import EffectId, EffectState, FactId, Link, Millis, Reference

PAGE = 5
NO_RIGHTS = "The bot is missing permissions on this server: run /setup again."
CLOCK = (
    "Webhooks are signed correctly, but their time is minutes off: this machine's clock is wrong, "
    "or someone is sending old ones again.\nWe refuse them; messages are found by checking and "
    "only arrive later.\nThe operator must set the clock (docs/operating.md, “Clock or replay”)."
)
UNKNOWN_SIGNATURE = (
    "Webhooks have a signature that does not fit FANVUE_WEBHOOK_SECRETS, so we refuse them all.\n"
    "Messages are found by checking and only arrive later.\nCopy the signing secret from Fanvue → "
    "Developer Area → your app → Webhooks into that setting and restart the bridge.\nIf it is "
    "already the same, someone else sends these."
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
        text = f"**@{safe(one_line(link.handle, 40))}** must sign in to Fanvue again: the creator runs /link."
        found.append(OpenProblem(None, text, 0))
    return sorted(found, key=lambda problem: problem.since)


def page(found: Sequence[OpenProblem], number: int) -> Post:
    """One page of the private list, with the buttons that settle what is on it."""
    if not found:
        return Post(body=("Nothing needs your attention.",))
    pages = -(-len(found) // PAGE)
    number = max(min(number, pages - 1), 0)
    shown = _numbered(found, number * PAGE)
    turns = []
    if number > 0:
        turns.append(Button(TURN, page_ref(number - 1), "Back"))
    if number < pages - 1:
        turns.append(Button(TURN, page_ref(number + 1), "More"))
    small = f"{_in_all(len(found))} · page {number + 1} of {pages}" if pages > 1 else _in_all(len(found))
    return replace(shown, small=small, buttons=(*shown.buttons, *turns))


def board(found: Sequence[OpenProblem], ref: Reference) -> Post:
    """The message in the alerts channel; `ref` is its own reference."""
    shown = _numbered(found, 0)
    return replace(shown, small=_in_all(len(found)), buttons=(*shown.buttons, Button(LIST, ref, "Show all")))


def lost_target(handle: str, reason: str) -> Post:
    """A private message to the person who linked: the team's server does not let the bot act."""
    return Post(
        title=f"@{safe(one_line(handle, 40))}: your team's server is blocking the bot",
        body=(
            reason,
            "Nothing is lost: we keep what fans write and post it once the bot may. See /inbox status.",
        ),
    )


def clock_alert() -> Post:
    """Told once when the clock, or a replay, has webhooks refused."""
    return Post(title="Live events are refused: clock or replay", body=(CLOCK,))


def secret_alert() -> Post:
    """Told once when webhooks are signed with a secret that the bridge does not have."""
    return Post(title="Live events are refused: wrong webhook secret", body=(UNKNOWN_SIGNATURE,))


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
        title="This needs your attention",
        body=tuple(f"**{number}.** {problem.text}" for number, problem in enumerate(shown, start=start + 1)),
        buttons=tuple(buttons),
    )


def _asks(row: WaitingEffect) -> OpenProblem:
    if is_proposed(row.kind):
        return _asks_which(row)
    what, _, _ = WHAT.get(row.kind, READING)
    ending = {
        (SEND, EffectState.ABSENT): "is not in the chat.",
        (SEND, EffectState.REJECTED): "was not sent.",
    }.get((row.kind, row.state))
    if ending is None and row.network == "discord":
        ending = "was not posted." if row.state is EffectState.REJECTED else "may not be posted."
    text = f"{what.format(fan=_fan(row))} {ending or 'did not work.'} {one_line(row.why, _WHY)}{_place(row)}"
    if row.kind == SEND:
        buttons = ((AGAIN, "Send again", "primary"), (DROP, "Discard", "danger"))
    elif row.network == "discord":
        buttons = (
            (AGAIN, "It wasn't posted, post it again", "primary"),
            (DROP, "Keep as is", "secondary"),
        )
    else:
        buttons = ((AGAIN, "Try again", "primary"), (DROP, "Keep as is", "secondary"))
    return OpenProblem(row.id, text, row.since, buttons, replies=_replies([row]))


def _asks_which(row: WaitingEffect) -> OpenProblem:
    """An action for a whole creator is never done again from here: a word only says how it ended."""
    what, _, _ = WHAT.get(row.kind, PROPOSED)
    done = DONE.get(row.kind, "sent")
    if row.state is EffectState.REJECTED:
        text = f"{what}, confirmed <t:{row.made // 1000}:f>, was not {done}. {one_line(row.why, _WHY)}"
        return OpenProblem(row.id, text, row.since, ((DROP, "Remove from the list", "secondary"),))
    text = (
        f"{what}, confirmed <t:{row.made // 1000}:f>: not known whether it was {done}. "
        f"{one_line(row.why, _WHY)}"
    )
    words = ((WAS, f"It was {done}", "primary"), (WAS_NOT, "It was not", "secondary"))
    if row.state is EffectState.UNKNOWN:
        words = ((WAS, "It is there", "primary"), (WAS_NOT, "It is not there", "secondary"))
    return OpenProblem(row.id, text, row.since, words)


def _paused(group: Sequence[WaitingEffect]) -> OpenProblem:
    first = group[0]
    counted = Counter(WHAT.get(row.kind, READING)[1:] for row in group)
    waiting = ", ".join(f"{number} {one if number == 1 else many}" for (one, many), number in counted.items())
    places = [place for row in group[:_LINKS] if (place := _place(row))]
    more = f" and {len(group) - _LINKS} more" if len(group) > _LINKS else ""
    text = f"{one_line(first.why, _WHY)} Waiting for it: {waiting}. {''.join(places)}{more}".rstrip()
    buttons = ((NOW, "I fixed it, try now", "primary"),)
    return OpenProblem(first.id, text, first.since, buttons, replies=_replies(group))


def _replies(rows: Sequence[WaitingEffect]) -> int:
    return sum(row.kind == SEND for row in rows)


def _wants_a_word(row: WaitingEffect) -> bool:
    return row.state in (EffectState.ABSENT, EffectState.REJECTED) or row.why.endswith(MAY_SAY)


def _fan(row: WaitingEffect) -> str:
    if row.fan is None:
        return "a fan"
    return f"**{person_label(row.fan, row.display_name, row.handle, digits=row.mistakable)}**"


def _place(row: WaitingEffect) -> str:
    """The address to jump to; Discord shows it as the name of the thread."""
    if row.guild is None or row.thread is None:
        return ""
    there = row.shown.replace(":", "/") if row.shown is not None else str(row.thread)
    return f"\nhttps://discord.com/channels/{row.guild}/{there}"


def _in_all(number: int) -> str:
    return f"{number} in all" if number > 1 else "Nothing else is waiting"
