"""The texts about a creator leaving a server and coming back (pure)."""

from collections.abc import Sequence

from bot.features.people.team.places import OWNER, SERVER, TeamPlace
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.people.consents import ServerConsent
from storage.records import DraftId

WHICH = msgid("Choose one of the creators here in `creator:`.")
KEPT = msgid("No changes made.")
OVER = msgid("This has expired or was already answered. Run /account leave again.")
AFTER_HERE = msgid(
    "- Nothing new of {handle} is posted here, and nobody can do anything for it here, by command or by "
    "button.\n- We keep what fans write. Once it is back, it appears in order, each message once.\n"
    "- Replies accepted before are still sent."
)
AFTER_THERE = msgid(
    "- Nothing new of {handle} is posted there, and nobody can do anything for it there, by command or by "
    "button.\n- We keep what fans write. Once it is back, it appears in order, each message once.\n"
    "- Replies accepted before are still sent."
)
STAYS = msgid(
    "What is in the forum stays there, and Discord decides who reads it. To end that "
    "too, remove the roles from the forum, or delete it."
)
# Translators: {other} and {mine} are “its owner” and “the server”, or the other way round.
ALREADY_HERE = msgid(
    "{handle} is already off this server: {other} withdrew. If {mine} withdraws as well, it "
    "comes back only when both agree again."
)
ALREADY_THERE = msgid(
    "{handle} is already off the other server: {other} withdrew. If {mine} withdraws as well, it "
    "comes back only when both agree again."
)
_SIDES: dict[str, str] = {OWNER: msgid("its owner"), SERVER: msgid("the server")}
_SPEAKS: dict[str, str] = {
    OWNER: msgid("You decide for this creator, so your confirmation is enough."),
    SERVER: msgid("You manage this server, so your confirmation is enough. We notify the owner."),
}
_SAID: dict[tuple[str, bool], str] = {
    (OWNER, True): msgid("The owner agreed: <@{by}>, <t:{at}:D>"),
    (OWNER, False): msgid("The owner withdrew: <@{by}>, <t:{at}:D>"),
    (SERVER, True): msgid("The server agreed: <@{by}>, <t:{at}:D>"),
    (SERVER, False): msgid("The server withdrew: <@{by}>, <t:{at}:D>"),
}
_HANDLE = 40


def name(place: TeamPlace) -> str:
    """A place in a list of choices, as plain text."""
    handle = f"@{one_line(place.handle, _HANDLE)}"
    return handle if place.here else tr("{handle}, on another server", handle=handle)


def question(place: TeamPlace, ref: DraftId) -> Post:
    """Before the word is taken back."""
    side = place.next_to_leave or OWNER
    other = SERVER if side == OWNER else OWNER
    after = tr(AFTER_HERE if place.here else AFTER_THERE, handle=_handle(place))
    already = tr(
        ALREADY_HERE if place.here else ALREADY_THERE,
        handle=_handle(place),
        other=tr(_SIDES[other]),
        mine=tr(_SIDES[side]),
    )
    return Post(
        title=(
            tr("Take {handle} off this server?", handle=_handle(place))
            if place.here
            else tr("Take {handle} off the other server?", handle=_handle(place))
        ),
        body=(already,) if place.taken_back(other) else (tr(_SPEAKS[side]), after, tr(STAYS)),
        small=tr("The way back: /account return, by the same side."),
        buttons=(
            Button("team.leave", ref, tr("Yes, take it off"), "danger"),
            Button("team.stay", ref, tr("No, keep it")),
        ),
    )


def left(place: TeamPlace) -> str:
    if place.here:
        return tr(
            "{handle} has left this server. Nothing new of it is posted here, and we keep what "
            "fans write. Bring it back with /account return.",
            handle=_handle(place),
        )
    return tr(
        "{handle} has left the other server. Nothing new of it is posted there, and we keep what "
        "fans write. Bring it back with /account return.",
        handle=_handle(place),
    )


def left_already(place: TeamPlace) -> str:
    """A second press, or somebody else of the same side was faster."""
    if place.here:
        return tr(
            "{handle} has already left this server. Bring it back with /account return.",
            handle=_handle(place),
        )
    return tr(
        "{handle} has already left the other server. Bring it back with /account return.",
        handle=_handle(place),
    )


def returned(place: TeamPlace, *, there: bool) -> str:
    """After the word was given again; `there`: the other side says yes too."""
    if there and place.here:
        return tr(
            "{handle} is back on this server. Messages from the meantime now appear in order.",
            handle=_handle(place),
        )
    if there:
        return tr(
            "{handle} is back on the other server. Messages from the meantime now appear in order.",
            handle=_handle(place),
        )
    other = (
        tr("the server must agree too: someone with Manage Server there uses /setup or /account return")
        if OWNER in place.sides
        else tr("its owner must agree too: they use /account return")
    )
    return tr("You agreed again. {handle} is not back yet: {other}.", handle=_handle(place), other=other)


def owner_is_told(place: TeamPlace) -> Post:
    """To the owner, privately, when a server has taken its word back."""
    return Post(
        title=tr("{handle} is no longer on a server", handle=_handle(place)),
        body=(
            tr(
                "Someone who manages the server with your forum took you off it with /account leave.\n"
                "Nothing new is posted there, your team can do nothing there, and we keep what fans "
                "write.\nAnyone who manages that server can bring you back with /account return. To "
                "continue elsewhere, use /setup on another server, then /link there."
            ),
        ),
    )


def sides_said(said: Sequence[ServerConsent]) -> list[str]:
    """Both sides' words now, a line for each."""
    lines = []
    for word in said:
        agreed = word.withdrawn_at is None
        by, at = (word.by, word.at) if agreed else (word.withdrawn_by, word.withdrawn_at)
        lines.append(tr(_SAID[word.side, agreed], by=by, at=(at or 0) // 1000))
    return lines


def _handle(place: TeamPlace) -> str:
    return f"@{safe(one_line(place.handle, _HANDLE))}"
