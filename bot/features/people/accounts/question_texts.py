"""The last question of a link, as the ticket's owner reads it in Discord (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.access.admission import OfferedForum, OfferedForums
from bot.features.people.accounts.delegated_renewal import whose
from bot.model.ports import Button, Ids, Post
from bot.text.safe_text import one_line, safe
from storage.people.pending_links import LinkOffer, PendingLink
from storage.records import DiscordId, Link, LinkKind, LinkState

_ID_TAIL = 4
_NAME = 40  # Discord shows 80 characters on a button
_TEAM = (
    "Everyone with the role <@&{team}> may then read and answer its fans. Change that with /team at any time."
)
_ONLY_YOU = "Only you may then answer its fans here, until you add others with /team."
MEMBERS = (
    "For creators it manages on Fanvue, what their team allows you here is sent through it, so "
    "Fanvue's records name you. It adds no permissions."
)
_ONLY_YOURS = (
    "Press Yes only if this account is your own. With No, or no answer in 10 minutes, we connect nothing."
)
_THERE = "Its fans' messages then appear in <#{forum}>."
_AS_BEFORE = "Its fans' messages appear in <#{forum}>, as before."
_ELSEWHERE = "Its fans stay in the channels it has on another server."
_NO_FORUM = "It has no forum here yet: someone who manages this server creates one with /setup."
_WHICH = "Where should its fans' messages appear?"
_INSTEAD = "- “Instead”: in none of these yet; someone who manages this server then chooses with /setup"
_NONE_OF_THESE = "Yes, in none of these"
_NOT_THERE = "Yes, but not there"
_NOWHERE = OfferedForums(None)
_OFFERED = 8  # forums that wait: a message has room for so many buttons
_LATER = "Allow more with /link at any time; see what is off in /account show."


def taken_place_of(links: Sequence[Link], pending: PendingLink) -> Link | None:
    """The link that the new account may be meant to replace: a person's one other account on this server.

    Among several it is the one that waits for a new sign-in; where that does not decide it, none is offered.
    Somebody who signs in again to an account that they have connected replaces nothing.
    """
    if any(link.creator == pending.creator for link in links):
        return None
    others = [
        link
        for link in links
        if link.guild == pending.guild
        and link.state is not LinkState.UNLINKING
        and link.kind is pending.kind  # a creator's account never takes the place of a member's
    ]
    waiting = [link for link in others if link.state is LinkState.RELINK_REQUIRED]
    offered = waiting or others
    return offered[0] if len(offered) == 1 else None


def with_rooms(pending: PendingLink, rooms: OfferedForums, ids: Ids) -> PendingLink:
    """The question with its ways to say yes: one for each forum that waits, and one that takes none.

    Where one waits, a plain Yes takes it; where several do, a plain Yes takes none.
    """
    if pending.kind is LinkKind.MEMBER:
        return pending
    if rooms.own is not None:
        return replace(pending, forum=rooms.own.forum.id, team=rooms.own.team)
    if len(rooms.waiting) == 1:
        room = rooms.waiting[0]
        return replace(pending, forum=room.forum.id, team=room.team, others=(LinkOffer(ids.new()),))
    offered = rooms.waiting[:_OFFERED]
    return replace(pending, others=tuple(LinkOffer(ids.new(), one.forum.id, one.team) for one in offered))


def question(
    pending: PendingLink,
    old: Link | None,
    off: Sequence[str] = (),
    owner: DiscordId | None = None,
    rooms: OfferedForums = _NOWHERE,
) -> Post:
    """The question with the account, its forum, the account to replace, and the features to be `off`.

    `owner`: the person it is signed in again for by somebody else. `rooms`: as `with_rooms` was given them.
    """
    name = f"**@{safe(pending.handle)}** (…{pending.creator[-_ID_TAIL:]})"
    body = [f"Connect {name}, **{safe(pending.display_name)}**, to this server?"]
    if old is not None:
        body.append(_beside(old))
    if off:
        body.append(f"You did not allow everything on Fanvue, so these are off: {', '.join(off)}. {_LATER}")
    if owner is not None:
        body.append(whose(owner))
    elif pending.kind is LinkKind.MEMBER:
        body.append(f"Fanvue says that this isn't a creator's account. {MEMBERS}")
    else:
        body += _where(pending, old, rooms)
    if owner is None:
        body.append(_ONLY_YOURS)
    return Post(title="One last question", body=tuple(body), buttons=_answers(pending, old, rooms))


def _where(pending: PendingLink, old: Link | None, rooms: OfferedForums) -> list[str]:
    """The forum of its fans after a Yes, and who may answer them there."""
    own = rooms.own
    if own is not None and own.forum.guild != pending.guild:
        return [_ELSEWHERE]
    if own is None and len(rooms.waiting) > 1:
        instead = [] if old is None else [_INSTEAD]
        return ["\n".join([_WHICH, *map(_listed, rooms.waiting[:_OFFERED]), *instead])]
    who = _ONLY_YOU if pending.team is None else _TEAM.format(team=pending.team)
    if own is not None:
        return [_AS_BEFORE.format(forum=own.forum.id), *([] if pending.team is None else [who])]
    if not rooms.waiting:
        return [_NO_FORUM, _ONLY_YOU]
    return [_THERE.format(forum=pending.forum), who]


def _answers(pending: PendingLink, old: Link | None, rooms: OfferedForums) -> tuple[Button, ...]:
    plain = "Yes, connect" if old is None else "Yes, connect it too"
    names = {room.forum.id: one_line(room.forum.name, _NAME) or "forum" for room in rooms.waiting}
    several = len(rooms.waiting) > 1
    buttons = [
        Button("link.yes", one.id, f"Yes, in #{names[one.forum]}", "success")
        for one in pending.others
        if one.forum is not None
    ]
    buttons.append(
        Button(
            "link.yes",
            pending.id,
            _NONE_OF_THESE if several else plain,
            "secondary" if several else "success",
        )
    )
    buttons += [Button("link.yes", one.id, _NOT_THERE) for one in pending.others if one.forum is None]
    if old is not None:
        label = f"Yes, instead of @{one_line(old.handle, _NAME)}"
        buttons.append(Button("link.instead", pending.id, label, "danger"))
    return (*buttons, Button("link.no", pending.id, "No", "secondary"))


def _listed(room: OfferedForum) -> str:
    if room.team is None:
        return f"- <#{room.forum.id}>: only you answer there, until you add others with /team"
    return f"- <#{room.forum.id}>: everyone with the role <@&{room.team}> may then read and answer"


def _beside(old: Link) -> str:
    name = f"**@{safe(old.handle)}**"
    state = "needs a new sign-in" if old.state is LinkState.RELINK_REQUIRED else "is connected"
    return (
        f"This is another account: your {name} {state} here already. “Instead” disconnects "
        f"{name} and freezes its threads: nothing in them is ever sent in the new account's "
        "name."
    )
