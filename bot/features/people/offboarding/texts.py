"""The texts about taking somebody out of a team (pure)."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.access.roles import TeamRole
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.colours import QUIET_COLOUR, TROUBLE_COLOUR
from bot.text.safe_text import one_line, safe
from storage.engine.audit_log import AuditEntry
from storage.records import DiscordId, DraftId

YES, NO = "team.remove", "team.keep"
NOT_YOURS = msgid("This button isn't for one of your questions.")
NOT_TAKEN = msgid("Discord timed out, so nobody was removed. Please try again.")
OVER = msgid("This question has expired. Run /team remove again.")
KEPT = msgid("Nobody was removed.")
OWNER = msgid(
    "The owner of a creator's account can't be removed: only they can disconnect it, with /account unlink."
)
YOUR_EQUAL = msgid("You can only remove members with a lower role than yours. Ask the creator's owner.")
NO_TEAM = msgid(
    "They are in no team that you manage here. If they only see a forum through their "
    "Discord roles, choose the creator."
)
CHANGED = msgid("Your permissions have changed since you asked. Nobody was removed. Run /team remove again.")
# In the audit they stand without the account's name: it begins with a blank and an @ (`recorded`).
_ENDED = {
    TeamRole.NONE: msgid("they were none; that has ended, and no Discord role gives them anything"),
    TeamRole.TRAINEE: msgid("they were trainee; that has ended, and no Discord role gives them anything"),
    TeamRole.VIEWER: msgid("they were viewer; that has ended, and no Discord role gives them anything"),
    TeamRole.CHATTER: msgid("they were chatter; that has ended, and no Discord role gives them anything"),
    TeamRole.MANAGER: msgid("they were manager; that has ended, and no Discord role gives them anything"),
    TeamRole.OWNER: msgid("they were owner; that has ended, and no Discord role gives them anything"),
}
_SHOWN = 8
_HANDLE = re.compile(r" @\S+")
_DEEDS = {
    "reply": msgid("replied"),
    "reply.again": msgid("sent a reply again"),
    "reply.check": msgid("wanted to reply"),
    "reply.cancel": msgid("cancelled a reply"),
    "reply.schedule": msgid("scheduled a reply"),
    "reply.discard": msgid("discarded a reply"),
    "reply.drop": msgid("discarded a reply"),
    "reply.unsend": msgid("took a message back"),
    "talk.claim": msgid("claimed a fan"),
    "talk.take": msgid("took over a fan"),
    "talk.anyway": msgid("answered a fan while someone else was answering"),
    "talk.release": msgid("released a fan"),
    "talk.hand_over": msgid("handed a fan over"),
    "mass.propose": msgid("checked a mass message"),
    "mass.press": msgid("pressed a mass message's button"),
    "post.propose": msgid("checked a post"),
    "post.press": msgid("pressed a post's button"),
    "pause.on": msgid("paused sending"),
    "pause.off": msgid("ended a pause"),
}


def question(
    member: DiscordId, handles: Sequence[str], ref: DraftId, left_out: Sequence[str], *, bypasses: bool
) -> Post:
    lines = [
        tr(
            "**<@{member}> will be removed from the team of {names} on this server.** Right away:",
            member=member,
            names=_names(handles),
        ),
        tr("- they can no longer do anything for it, whatever their Discord roles allow"),
        tr("- their open questions and previews close, and replies not sent yet are discarded"),
        tr("- its channels close for them; their own Fanvue account ends here if nobody else needs it"),
    ]
    lines += left_out
    if bypasses:
        lines.append(tr(_BYPASSES))
    return Post(
        title=tr("Remove this person from the team?"),
        body=("\n".join(lines),),
        small=tr("You can answer this question for 15 minutes. Add them again with /team grant."),
        accent=TROUBLE_COLOUR,
        buttons=(Button(YES, ref, tr("Remove them"), "danger"), Button(NO, ref, tr("Keep them"))),
    )


_BYPASSES = msgid(
    "⚠️ They are an administrator or own this server, so Discord shows them every "
    "channel: remove that role in Server Settings."
)


def removed(
    member: DiscordId, parts: Sequence[tuple[str, Sequence[str]]], lately: Sequence[str], *, bypasses: bool
) -> Post:
    """The report; `parts`: for each creator by handle, the things that ended."""
    lines = [
        tr(
            "**<@{member}> is removed from the team of {names}.**",
            member=member,
            names=_names([handle for handle, _ in parts]),
        )
    ]
    for handle, ended in parts:
        lines.append(f"@{_name(handle)}:")
        lines += [f"- {line}" for line in ended]
    if bypasses:
        lines.append(tr(_BYPASSES))
    return Post(
        title=tr("Removed"),
        body=("\n".join(lines), "\n".join(lately)),
        small=tr("Discord: the channels are closing for them."),
        accent=QUIET_COLOUR,
    )


def cannot(handle: str, why: str) -> str:
    """A creator that is left out."""
    return tr("- not from @{name}: {why}", name=_name(handle), why=why)


def grant_ended(role: TeamRole | None) -> str:
    if role is None:
        return tr("they had no role here, and no Discord role gives them one")
    return tr(_ENDED[role])


def drafts_ended(number: int) -> str:
    return tr_many(
        "{n} open window, preview or question closed",
        "{n} open windows, previews and questions closed",
        number,
    )


def sends_ended(number: int) -> str:
    return tr_many(
        "{n} message not started yet discarded; the threads say so",
        "{n} messages not started yet discarded; the threads say so",
        number,
    )


def under_way(number: int) -> str:
    return tr_many(
        "⚠️ {n} message was already on the way to Fanvue",
        "⚠️ {n} messages were already on the way to Fanvue",
        number,
    )


def fans_ended(number: int) -> str:
    return tr_many(
        "{n} fan whom they answered free for everyone",
        "{n} fans whom they answered free for everyone",
        number,
    )


def typed_ended(number: int) -> str:
    """Their typed and unsent messages."""
    return tr_many(
        "{n} typed message that they were asked about kept inside",
        "{n} typed messages that they were asked about kept inside",
        number,
    )


def link_ends(handle: str) -> str:
    return tr("their own Fanvue account @{name} is disconnected and its access revoked", name=_name(handle))


def link_stays(handle: str) -> str:
    return tr("their own Fanvue account @{name} stays connected: it is needed elsewhere", name=_name(handle))


def recorded(lines: Sequence[str]) -> str:
    """The ended things, for the audit log: it outlives accounts, so it names none."""
    return "; ".join(_HANDLE.sub("", line) for line in lines)


def lately(entries: Sequence[AuditEntry], days: int) -> list[str]:
    """Their last actions, newest first, and the count of each."""
    if not entries:
        return [tr("In the last {days} days they did nothing here through the bridge.", days=days)]
    counted = Counter(_deed(entry.action) for entry in entries).most_common()
    lines = [
        tr(
            "**Their last {days} days:** {deeds}",
            days=days,
            deeds=", ".join(f"{words} {times}" for words, times in counted),
        )
    ]
    lines += [f"- <t:{one.at // 1000}:f> {_deed(one.action)}: {tr(one.outcome)}" for one in entries[:_SHOWN]]
    if len(entries) > _SHOWN:
        lines.append(tr("… see the rest in the audit log."))
    return lines


def _deed(action: str) -> str:
    return tr(_DEEDS.get(action, action))


def _names(handles: Sequence[str]) -> str:
    return ", ".join(f"@{_name(handle)}" for handle in handles)


def _name(handle: str) -> str:
    return safe(one_line(handle, 40))
