"""The last question of a link, as the ticket's owner reads it in Discord (pure)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.access.admission import OfferedForum, OfferedForums
from bot.features.people.accounts.delegated_renewal import whose
from bot.model.language import msgid, tr
from bot.model.ports import Button, Ids, Post
from bot.text.safe_text import one_line, safe
from storage.people.pending_links import LinkOffer, PendingLink
from storage.records import DiscordId, Link, LinkKind, LinkState

_ID_TAIL = 4
_NAME = 40  # Discord shows 80 characters on a button
_TEAM = msgid(
    "Everyone with the role <@&{team}> may then read and answer its fans. Change that with /team grant "
    "at any time."
)
_ONLY_YOU = msgid("Only you may then answer its fans here, until you add others with /team grant.")
MEMBERS = msgid(
    "For creators it manages on Fanvue, what their team allows you here is sent through "
    "it, so Fanvue's records name you. It adds no permissions."
)
_ONLY_YOURS = msgid(
    "Press Yes only if this account is your own. With No, or no answer in 10 minutes, we connect nothing."
)
_AS_BEFORE = msgid("Its fans' messages appear in <#{forum}>, as before.")
_NO_FORUM = msgid("It has no forum here yet: someone who manages this server creates one with /setup.")
_WHICH = msgid("Where should its fans' messages appear?")
_INSTEAD = msgid(
    "- “Instead”: in none of these yet; someone who manages this server then chooses with /setup"
)
_NOT_THERE = msgid("Yes, but not there")
_THERE_ALREADY = msgid(
    "This is another account: your {name} is connected here already. “Instead” disconnects "
    "{name} and freezes its threads: nothing there is sent in the new account's name."
)
_ASKS_ALREADY = msgid(
    "This is another account: your {name} waits for a new sign-in here. “Instead” disconnects "
    "{name} and freezes its threads: nothing there is sent in the new account's name."
)
_NOWHERE = OfferedForums(None)
_OFFERED = 8  # forums that wait: a message has room for so many buttons


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
    body = [
        tr(
            "Connect {name}, **{display_name}**, to this server?",
            name=name,
            display_name=safe(pending.display_name),
        )
    ]
    if old is not None:
        body.append(_beside(old))
    if off:
        body.append(
            tr(
                "You did not allow everything on Fanvue, so these are off: {off}. {later}",
                off=", ".join(off),
                later=tr("Allow more with /link at any time; see what is off in /account show."),
            )
        )
    if owner is not None:
        body.append(whose(owner))
    elif pending.kind is LinkKind.MEMBER:
        body.append(tr("Fanvue says that this isn't a creator's account. {members}", members=tr(MEMBERS)))
    else:
        body += _where(pending, old, rooms)
    if owner is None:
        body.append(tr(_ONLY_YOURS))
    return Post(title=tr("One last question"), body=tuple(body), buttons=_answers(pending, old, rooms))


def _where(pending: PendingLink, old: Link | None, rooms: OfferedForums) -> list[str]:
    """The forum of its fans after a Yes, and who may answer them there."""
    own = rooms.own
    if own is not None and own.forum.guild != pending.guild:
        return [tr("Its fans stay in the channels it has on another server.")]
    if own is None and len(rooms.waiting) > 1:
        instead = [] if old is None else [tr(_INSTEAD)]
        return ["\n".join([tr(_WHICH), *map(_listed, rooms.waiting[:_OFFERED]), *instead])]
    who = tr(_ONLY_YOU) if pending.team is None else tr(_TEAM, team=pending.team)
    if own is not None:
        return [tr(_AS_BEFORE, forum=own.forum.id), *([] if pending.team is None else [who])]
    if not rooms.waiting:
        return [tr(_NO_FORUM), tr(_ONLY_YOU)]
    return [tr("Its fans' messages then appear in <#{forum}>.", forum=pending.forum), who]


def _answers(pending: PendingLink, old: Link | None, rooms: OfferedForums) -> tuple[Button, ...]:
    plain = tr("Yes, connect") if old is None else tr("Yes, connect it too")
    names = {room.forum.id: one_line(room.forum.name, _NAME) or tr("forum") for room in rooms.waiting}
    several = len(rooms.waiting) > 1
    buttons = [
        Button("link.yes", one.id, tr("Yes, in #{forum}", forum=names[one.forum]), "success")
        for one in pending.others
        if one.forum is not None
    ]
    buttons.append(
        Button(
            "link.yes",
            pending.id,
            tr("Yes, in none of these") if several else plain,
            "secondary" if several else "success",
        )
    )
    buttons += [Button("link.yes", one.id, tr(_NOT_THERE)) for one in pending.others if one.forum is None]
    if old is not None:
        label = tr("Yes, instead of @{handle}", handle=one_line(old.handle, _NAME))
        buttons.append(Button("link.instead", pending.id, label, "danger"))
    return (*buttons, Button("link.no", pending.id, tr("No"), "secondary"))


def _listed(room: OfferedForum) -> str:
    if room.team is None:
        return tr("- <#{id}>: only you answer there, until you add others with /team grant", id=room.forum.id)
    return tr(
        "- <#{id}>: everyone with the role <@&{team}> may then read and answer",
        id=room.forum.id,
        team=room.team,
    )


def _beside(old: Link) -> str:
    name = f"**@{safe(old.handle)}**"
    return tr(_ASKS_ALREADY if old.state is LinkState.RELINK_REQUIRED else _THERE_ALREADY, name=name)
