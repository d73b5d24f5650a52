"""The texts about taking somebody out of a team (pure)."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.access.roles import TeamRole
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR, TROUBLE_COLOUR
from bot.text.safe_text import one_line, safe
from storage.engine.audit_log import AuditEntry
from storage.records import DiscordId, DraftId

YES, NO = "team.remove", "team.keep"
NOT_YOURS = "This button belongs to no question of yours."
NOT_TAKEN = "This was not done: Discord had already given up on it. Nobody was removed. Please try again."
OVER = "This question is closed. /team remove asks anew."
KEPT = "Nobody was removed."
OWNER = "The owner of a creator's account is not removed from it: only they can disconnect it, with /unlink."
YOUR_EQUAL = "You can remove only who has less than you have for this creator. Ask its owner."
NO_TEAM = (
    "They are in no team that you manage here. To shut somebody out who sees a forum only by their Discord "
    "roles, choose the creator."
)
CHANGED = "What you may do has changed since you asked. Nobody was removed. /team remove asks anew."
_SHOWN = 8
_HANDLE = re.compile(r" @\S+")
_DEEDS = {
    "reply": "replied",
    "reply.again": "sent a reply again",
    "reply.check": "wanted to reply",
    "reply.cancel": "cancelled a reply",
    "reply.schedule": "scheduled a reply",
    "reply.discard": "threw a reply away",
    "reply.drop": "discarded a reply",
    "reply.unsend": "took a message back",
    "talk.claim": "claimed a fan",
    "talk.take": "took a fan over",
    "talk.anyway": "answered a fan whom somebody else was answering",
    "talk.release": "let a fan go",
    "talk.hand_over": "handed a fan over",
    "mass.propose": "looked at a mass message",
    "mass.press": "pressed a mass message's button",
    "post.propose": "looked at a post",
    "post.press": "pressed a post's button",
    "pause.on": "paused sending",
    "pause.off": "ended a pause",
}


def question(
    member: DiscordId, handles: Sequence[str], ref: DraftId, left_out: Sequence[str], *, bypasses: bool
) -> Post:
    lines = [
        f"**<@{member}> is taken out of the team of {_names(handles)} on this server.** At once:",
        "- they can do nothing for it any more, whatever their Discord roles allow",
        "- their open questions and previews close, and replies that have not left yet are discarded",
        "- its channels are closed to them; their own Fanvue account ends here if nobody else needs it",
    ]
    lines += left_out
    if bypasses:
        lines.append(_BYPASSES)
    return Post(
        title="Remove somebody from the team?",
        body=("\n".join(lines),),
        small="This question can be answered for 15 minutes. /team grant lets them in again.",
        accent=TROUBLE_COLOUR,
        buttons=(Button(YES, ref, "Remove them", "danger"), Button(NO, ref, "Keep them")),
    )


_BYPASSES = (
    "⚠️ They are an administrator or own this server, so Discord shows them every channel: take that role "
    "away in Server Settings."
)


def removed(
    member: DiscordId, parts: Sequence[tuple[str, Sequence[str]]], lately: Sequence[str], *, bypasses: bool
) -> Post:
    """The report; `parts`: for each creator by handle, the things that ended."""
    lines = [f"**<@{member}> is out of the team of {_names([handle for handle, _ in parts])}.**"]
    for handle, ended in parts:
        lines.append(f"@{_name(handle)}:")
        lines += [f"- {line}" for line in ended]
    if bypasses:
        lines.append(_BYPASSES)
    return Post(
        title="Removed",
        body=("\n".join(lines), "\n".join(lately)),
        small="Discord: the channels are being closed to them.",
        accent=QUIET_COLOUR,
    )


def cannot(handle: str, why: str) -> str:
    """A creator that is left out."""
    return f"- not from @{_name(handle)}: {why}"


def grant_ended(role: TeamRole | None) -> str:
    if role is None:
        return "they had no role here, and are given none by any Discord role"
    return f"they were {role}; that has ended, and no Discord role gives them anything"


def drafts_ended(number: int) -> str:
    return (
        f"{_count(number, 'open window, preview or question', 'open windows, previews and questions')} closed"
    )


def sends_ended(number: int) -> str:
    return f"{_count(number, 'message', 'messages')} that had not begun discarded; the threads say so"


def under_way(number: int) -> str:
    return f"⚠️ {_count(number, 'message was', 'messages were')} on the way to Fanvue already"


def fans_ended(number: int) -> str:
    return f"{_count(number, 'fan', 'fans')} whom they answered free for everybody"


def typed_ended(number: int) -> str:
    """Their typed and unsent messages."""
    return f"{_count(number, 'typed message', 'typed messages')} that they were asked about kept inside"


def link_ends(handle: str) -> str:
    return f"their own Fanvue account @{_name(handle)} is disconnected and its access revoked"


def link_stays(handle: str) -> str:
    return f"their own Fanvue account @{_name(handle)} stays connected: it is needed elsewhere"


def recorded(lines: Sequence[str]) -> str:
    """The ended things, for the audit log: it outlives accounts, so it names none."""
    return "; ".join(_HANDLE.sub("", line) for line in lines)


def lately(entries: Sequence[AuditEntry], days: int) -> list[str]:
    """Their last actions, newest first, and the count of each."""
    if not entries:
        return [f"In the last {days} days they did nothing here through the bridge."]
    counted = Counter(_deed(entry.action) for entry in entries).most_common()
    lines = [f"**Their last {days} days:** " + ", ".join(f"{words} {times}" for words, times in counted)]
    lines += [f"- <t:{one.at // 1000}:f> {_deed(one.action)}: {one.outcome}" for one in entries[:_SHOWN]]
    if len(entries) > _SHOWN:
        lines.append("… the rest stands in the audit.")
    return lines


def _deed(action: str) -> str:
    return _DEEDS.get(action, action)


def _names(handles: Sequence[str]) -> str:
    return ", ".join(f"@{_name(handle)}" for handle in handles)


def _name(handle: str) -> str:
    return safe(one_line(handle, 40))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
