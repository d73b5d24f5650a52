"""A page of the audit log: who did what, for whom, with which result (pure)."""

import re
from collections.abc import Mapping, Sequence

from bot.features.people.audit.action_texts import BECAME, BEGUN, DID, DONE, WAS
from bot.model.acting_account import is_way
from bot.model.draft_source import mark_of
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.draft_changes import drafted_by
from bot.text.safe_text import one_line, safe
from storage.people.audit_acts import ActResult, AuditedAct
from storage.records import Millis, Pseudonym

NOTHING = msgid("No matching entries.")
CLOSED = msgid("This list was closed. Run /team audit again.")
WHICH_FAN = msgid("Choose the fan from the list as you type.")
_PREVIEW = "version "  # and its number: how a preview of a proposal is written down
_OWN_ACCOUNT = re.compile(r"as @(.*)'s own account")  # as `bot.features.people.agency` writes it
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
        buttons.append(Button("audit.page", newer, tr("◀ Newer")))
    if older is not None:
        buttons.append(Button("audit.page", older, tr("Older ▶")))
    lines = _fitting(acts, fans) or [tr(NOTHING)]
    return Post(title=tr("Who did what"), body=tuple(lines), small=about or None, buttons=tuple(buttons))


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
    who = f"<@{line.actor}>" if line.actor is not None else tr("The bridge")
    fan = f"**{_fan(line.fan, fans)}**" if line.fan is not None else tr("a fan")
    if line.outcome == "denied":
        said = [tr("{who} tried “{word}”", who=who, word=_word(line.action)), tr("not allowed")]
    else:
        did = tr(DID[line.action], fan=fan) if line.action in DID else f"“{_word(line.action)}”"
        said = [f"{who} {did}", *_draft(act), *_became(act, brief=brief)]
    if line.channel is not None:
        said.append(f"<#{line.channel}>")
    return " · ".join((f"<t:{line.at // 1000}:f>", *said))


def _draft(act: AuditedAct) -> list[str]:
    """Who drafted it and how much was changed, where no person wrote it all."""
    mark = mark_of(act.line.target)
    return [] if mark is None else [drafted_by(mark)]


def _became(act: AuditedAct, *, brief: bool) -> list[str]:
    """The results, each with its time where there were several, and the acting account."""
    line = act.line
    ways = [result.outcome for result in act.results if is_way(result.outcome)]
    results = [result for result in act.results if not is_way(result.outcome)]
    if line.outcome not in BEGUN or not results:
        results.insert(0, ActResult(line.at, line.outcome))
    if len(results) == 1:
        return [_outcome(line.action, results[0].outcome), *map(_way, ways[-1:])]
    *over, last = results
    said = [tr(WAS.get(one.outcome, _outcome(line.action, one.outcome))) for one in over]
    said.append(_outcome(line.action, last.outcome))
    shown = [f"{words} {_when(one.at, since=line.at)}" for words, one in zip(said, results, strict=True)]
    if brief:
        shown[:-1] = ["…"]
    elif len(shown) > _SHOWN:
        shown[1 : 1 - _SHOWN] = ["…"]
    return [" → ".join(shown), *map(_way, ways[-1:])]


def _when(at: Millis, *, since: Millis) -> str:
    return f"<t:{at // 1000}:{'t' if at - since < _SAME_DAY else 'f'}>"


def _outcome(action: str, outcome: str) -> str:
    if outcome == "done" and action in DONE:
        return tr(DONE[action])
    if outcome.startswith(_PREVIEW):
        first = outcome == f"{_PREVIEW}1"
        return tr("a preview was shown") if first else tr("shown again, as it had changed")
    return tr(BECAME[outcome]) if outcome in BECAME else _word(tr(outcome))


def _way(outcome: str) -> str:
    """Through whose account an act went: written down in English."""
    own = _OWN_ACCOUNT.fullmatch(outcome)
    return _word(tr("as @{handle}'s own account", handle=own[1]) if own is not None else tr(outcome))


def _fan(name: Pseudonym, fans: Mapping[Pseudonym, str]) -> str:
    return fans.get(name) or tr("a forgotten fan · {name}", name=name[:4])


def _word(text: str) -> str:
    return safe(one_line(text, _LONGEST))
