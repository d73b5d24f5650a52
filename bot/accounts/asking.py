"""The last question of a link, as the ticket's owner reads it in Discord (pure)."""

from collections.abc import Sequence

from bot.accounts.on_behalf import whose
from bot.relay.ports import Button, Post
from bot.relay.safe_text import one_line, safe
from storage.logins import Pending
from storage.records import DiscordId, Link, LinkKind, LinkState

_ID_TAIL = 4
_NAME = 40  # Discord shows 80 characters on a button
_TEAM = (
    "Everybody with the role <@&{team}> may then read and answer its fans. /team changes that at any time."
)
_ONLY_YOU = "Only you may then answer its fans here, until you let others in with /team."
MEMBERS = (
    "For creators whom it manages on Fanvue, what their team lets you do here goes out through it, so that "
    "Fanvue's records name you. It alone allows nothing."
)
_ONLY_YOURS = "Press Yes only if this account is your own. No, or no answer in 10 minutes, connects nothing."
_LATER = "/link can allow more at any time; /account shows what is off."


def taken_place_of(links: Sequence[Link], pending: Pending) -> Link | None:
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


def question(
    pending: Pending, old: Link | None, off: Sequence[str] = (), owner: DiscordId | None = None
) -> Post:
    """Names the account, the one that it would replace, and the features that would be `off`.

    `owner`: whom it is signed in again for, by somebody else.
    """
    name = f"**@{safe(pending.handle)}** (…{pending.creator[-_ID_TAIL:]})"
    body = [f"Connect {name}, **{safe(pending.display_name)}**, to this server?"]
    if old is not None:
        body.append(_beside(old))
    if off:
        body.append(f"Fanvue was not allowed everything, so these are off: {', '.join(off)}. {_LATER}")
    if owner is not None:
        body.append(whose(owner))
    elif pending.kind is LinkKind.MEMBER:
        body.append(f"Fanvue says that it is no creator's account. {MEMBERS}")
    else:
        body.append(_ONLY_YOU if pending.team is None else _TEAM.format(team=pending.team))
    yes = "Yes, connect" if old is None else "Yes, connect it too"
    buttons = [Button("link.yes", pending.id, yes, "success")]
    if old is not None:
        label = f"Yes, instead of @{one_line(old.handle, _NAME)}"
        buttons.append(Button("link.instead", pending.id, label, "danger"))
    buttons.append(Button("link.no", pending.id, "No", "secondary"))
    if owner is None:
        body.append(_ONLY_YOURS)
    return Post(title="One last question", body=tuple(body), buttons=tuple(buttons))


def _beside(old: Link) -> str:
    name = f"**@{safe(old.handle)}**"
    state = "waits for a new sign-in" if old.state is LinkState.RELINK_REQUIRED else "is connected"
    return (
        f"This is another account: your {name} {state} here already. “Instead” disconnects {name} and "
        "freezes its threads: nothing in them ever goes out in the new account's name."
    )
