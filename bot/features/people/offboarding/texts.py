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
NOT_YOURS = "This button isn't for one of your questions."
NOT_TAKEN = "Discord timed out, so nobody was removed. Please try again."
OVER = "This question has expired. Run /team remove again."
KEPT = "Nobody was removed."
OWNER = (
    "The owner of a creator's account can't be removed: only they can disconnect it, with /account unlink."
)
YOUR_EQUAL = "You can only remove members with a lower role than yours. Ask the creator's owner."
NO_TEAM = (
    "They are in no team that you manage here. If they only see a forum through their Discord "
    "roles, choose the creator."
)
CHANGED = "Your permissions have changed since you asked. Nobody was removed. Run /team remove again."
_SHOWN = 8
_HANDLE = re.compile(r" @\S+")
_DEEDS = {
    "reply": "replied",
    "reply.again": "sent a reply again",
    "reply.check": "wanted to reply",
    "reply.cancel": "cancelled a reply",
    "reply.schedule": "scheduled a reply",
    "reply.discard": "discarded a reply",
    "reply.drop": "discarded a reply",
    "reply.unsend": "took a message back",
    "talk.claim": "claimed a fan",
    "talk.take": "took over a fan",
    "talk.anyway": "answered a fan while someone else was answering",
    "talk.release": "released a fan",
    "talk.hand_over": "handed a fan over",
    "mass.propose": "checked a mass message",
    "mass.press": "pressed a mass message's button",
    "post.propose": "checked a post",
    "post.press": "pressed a post's button",
    "pause.on": "paused sending",
    "pause.off": "ended a pause",
}


def question(
    member: DiscordId, handles: Sequence[str], ref: DraftId, left_out: Sequence[str], *, bypasses: bool
) -> Post:
    lines = [
        f"**<@{member}> will be removed from the team of {_names(handles)} on this server.** Right away:",
        "- they can no longer do anything for it, whatever their Discord roles allow",
        "- their open questions and previews close, and replies not sent yet are discarded",
        "- its channels close for them; their own Fanvue account ends here if nobody else needs it",
    ]
    lines += left_out
    if bypasses:
        lines.append(_BYPASSES)
    return Post(
        title="Remove this person from the team?",
        body=("\n".join(lines),),
        small="You can answer this question for 15 minutes. Add them again with /team grant.",
        accent=TROUBLE_COLOUR,
        buttons=(Button(YES, ref, "Remove them", "danger"), Button(NO, ref, "Keep them")),
    )


_BYPASSES = (
    "⚠️ They are an administrator or own this server, so Discord shows them every channel: remove "
    "that role in Server Settings."
)


def removed(
    member: DiscordId, parts: Sequence[tuple[str, Sequence[str]]], lately: Sequence[str], *, bypasses: bool
) -> Post:
    """The report; `parts`: for each creator by handle, the things that ended."""
    lines = [f"**<@{member}> is removed from the team of {_names([handle for handle, _ in parts])}.**"]
    for handle, ended in parts:
        lines.append(f"@{_name(handle)}:")
        lines += [f"- {line}" for line in ended]
    if bypasses:
        lines.append(_BYPASSES)
    return Post(
        title="Removed",
        body=("\n".join(lines), "\n".join(lately)),
        small="Discord: the channels are closing for them.",
        accent=QUIET_COLOUR,
    )


def cannot(handle: str, why: str) -> str:
    """A creator that is left out."""
    return f"- not from @{_name(handle)}: {why}"


def grant_ended(role: TeamRole | None) -> str:
    if role is None:
        return "they had no role here, and no Discord role gives them one"
    return f"they were {role}; that has ended, and no Discord role gives them anything"


def drafts_ended(number: int) -> str:
    return (
        f"{_count(number, 'open window, preview or question', 'open windows, previews and questions')} closed"
    )


def sends_ended(number: int) -> str:
    return f"{_count(number, 'message', 'messages')} not started yet discarded; the threads say so"


def under_way(number: int) -> str:
    return f"⚠️ {_count(number, 'message was', 'messages were')} already on the way to Fanvue"


def fans_ended(number: int) -> str:
    return f"{_count(number, 'fan', 'fans')} whom they answered free for everyone"


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
        lines.append("… see the rest in the audit log.")
    return lines


def _deed(action: str) -> str:
    return _DEEDS.get(action, action)


def _names(handles: Sequence[str]) -> str:
    return ", ".join(f"@{_name(handle)}" for handle in handles)


def _name(handle: str) -> str:
    return safe(one_line(handle, 40))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
