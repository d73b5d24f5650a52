"""A page of the audit log: who did what, for whom, with which result (pure)."""

from collections.abc import Mapping, Sequence

from bot.features.people.audit.action_texts import BECAME, BEGUN, DID, DONE, WAS
from bot.model.acting_account import is_way
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.people.audit_acts import ActResult, AuditedAct
from storage.records import Millis, Pseudonym

NOTHING = "No matching entries."
CLOSED = "This list was closed. Run /team audit again."
WHICH_FAN = "Choose the fan from the list as you type."
_PREVIEW = "version "  # and its number: how a preview of a proposal is written down
_LONGEST = 120  # characters of a word that is not one of ours

_SHOWN = 4  # results of one act: the first, and the newest
_ROOM = 3700  # characters of a page, of the 4000 that a message can have
_SAME_DAY: Millis = 12 * 3_600_000  # within it the time alone says when


def page(
    acts: Sequence[AuditedAct],
    fans: Mapping[Pseudonym, str],
    *,
    about: str,
    newer: str | None,
    older: str | None,
) -> Post:
    """One page, newest first; `fans`: their names; `newer` and `older` are what the buttons carry."""
    buttons = []
    if newer is not None:
        buttons.append(Button("audit.page", newer, "◀ Newer"))
    if older is not None:
        buttons.append(Button("audit.page", older, "Older ▶"))
    lines = _fitting(acts, fans) or [NOTHING]
    return Post(title="Who did what", body=tuple(lines), small=about or None, buttons=tuple(buttons))


def _fitting(acts: Sequence[AuditedAct], fans: Mapping[Pseudonym, str]) -> list[str]:
    """A line for each; where all is too much for a message, the longest say their newest result alone."""
    lines = [told(act, fans) for act in acts]
    for number in sorted(range(len(lines)), key=lambda one: -len(lines[one])):
        if sum(len(line) + 1 for line in lines) > _ROOM:
            lines[number] = told(acts[number], fans, brief=True)
    return lines


def told(act: AuditedAct, fans: Mapping[Pseudonym, str], *, brief: bool = False) -> str:
    """One act: `19:04 · @anna replied to Max @max · not sure yet 19:04 → sent 19:06 · as … · #thread`."""
    line = act.line
    who = f"<@{line.actor}>" if line.actor is not None else "The bridge"
    fan = f"**{_fan(line.fan, fans)}**" if line.fan is not None else "a fan"
    if line.outcome == "denied":
        said = [f"{who} tried “{_word(line.action)}”", "not allowed"]
    else:
        did = DID.get(line.action, f"“{_word(line.action)}”").format(fan=fan)
        said = [f"{who} {did}", *_became(act, brief=brief)]
    if line.channel is not None:
        said.append(f"<#{line.channel}>")
    return " · ".join((f"<t:{line.at // 1000}:f>", *said))


def _became(act: AuditedAct, *, brief: bool) -> list[str]:
    """The results, each with its time where there were several, and the acting account."""
    line = act.line
    ways = [result.outcome for result in act.results if is_way(result.outcome)]
    results = [result for result in act.results if not is_way(result.outcome)]
    if line.outcome not in BEGUN or not results:
        results.insert(0, ActResult(line.at, line.outcome))
    if len(results) == 1:
        return [_outcome(line.action, results[0].outcome), *map(_word, ways[-1:])]
    *over, last = results
    said = [WAS.get(one.outcome, _outcome(line.action, one.outcome)) for one in over]
    said.append(_outcome(line.action, last.outcome))
    shown = [f"{words} {_when(one.at, since=line.at)}" for words, one in zip(said, results, strict=True)]
    if brief:
        shown[:-1] = ["…"]
    elif len(shown) > _SHOWN:
        shown[1 : 1 - _SHOWN] = ["…"]
    return [" → ".join(shown), *map(_word, ways[-1:])]


def _when(at: Millis, *, since: Millis) -> str:
    return f"<t:{at // 1000}:{'t' if at - since < _SAME_DAY else 'f'}>"


def _outcome(action: str, outcome: str) -> str:
    if outcome == "done" and action in DONE:
        return DONE[action]
    if outcome.startswith(_PREVIEW):
        return "a preview was shown" if outcome == f"{_PREVIEW}1" else "shown again, as it had changed"
    return BECAME.get(outcome, _word(outcome))


def _fan(name: Pseudonym, fans: Mapping[Pseudonym, str]) -> str:
    return fans.get(name) or f"a forgotten fan · {name[:4]}"


def _word(text: str) -> str:
    return safe(one_line(text, _LONGEST))
