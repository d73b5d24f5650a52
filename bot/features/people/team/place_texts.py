"""The texts about a creator leaving a server and coming back (pure)."""

from collections.abc import Sequence

from bot.features.people.team.places import OWNER, SERVER, TeamPlace
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.people.consents import ServerConsent
from storage.records import DraftId

WHICH = "Choose one of the creators here in `creator`."
KEPT = "No changes made."
OVER = "This has expired or was already answered. Run /account leave again."
AFTER = (
    "- Nothing new of {handle} is posted {there}, and nobody can do anything for it {there}, by "
    "command or by button.\n- We keep what fans write. Once it is back, it appears in order, each "
    "message once.\n- Replies accepted before are still sent."
)
STAYS = (
    "What is in the forum stays there, and Discord decides who reads it. To end that too, remove "
    "the roles from the forum, or delete it."
)
ALREADY = (
    "{handle} is already off {where}: {other} withdrew. If {mine} withdraws as well, it comes back "
    "only when both agree again."
)
_SIDES: dict[str, str] = {OWNER: "its owner", SERVER: "the server"}
_SPEAKS: dict[str, str] = {
    OWNER: "You decide for this creator, so your confirmation is enough.",
    SERVER: "You manage this server, so your confirmation is enough. We notify the owner.",
}
_HANDLE = 40


def name(place: TeamPlace) -> str:
    """A place in a list of choices, as plain text."""
    handle = f"@{one_line(place.handle, _HANDLE)}"
    return handle if place.here else f"{handle}, on another server"


def question(place: TeamPlace, ref: DraftId) -> Post:
    """Before the word is taken back."""
    side = place.next_to_leave or OWNER
    other = SERVER if side == OWNER else OWNER
    there = "here" if place.here else "there"
    after = AFTER.format(handle=_handle(place), there=there)
    already = ALREADY.format(
        handle=_handle(place), where=_where(place), other=_SIDES[other], mine=_SIDES[side]
    )
    return Post(
        title=f"Take {_handle(place)} off {_where(place)}?",
        body=(already,) if place.taken_back(other) else (_SPEAKS[side], after, STAYS),
        small="The way back: /account return, by the same side.",
        buttons=(
            Button("team.leave", ref, "Yes, take it off", "danger"),
            Button("team.stay", ref, "No, keep it"),
        ),
    )


def left(place: TeamPlace) -> str:
    return (
        f"{_handle(place)} has left {_where(place)}. Nothing new of it is posted "
        f"{'here' if place.here else 'there'}, and we keep what fans write. Bring it back with "
        "/account return."
    )


def left_already(place: TeamPlace) -> str:
    """A second press, or somebody else of the same side was faster."""
    return f"{_handle(place)} has already left {_where(place)}. Bring it back with /account return."


def returned(place: TeamPlace, *, there: bool) -> str:
    """After the word was given again; `there`: the other side says yes too."""
    if there:
        return f"{_handle(place)} is back on {_where(place)}. Messages from the meantime now appear in order."
    other = (
        "the server must agree too: someone with Manage Server there uses /setup or /account return"
        if OWNER in place.sides
        else "its owner must agree too: they use /account return"
    )
    return f"You agreed again. {_handle(place)} is not back yet: {other}."


def owner_is_told(place: TeamPlace) -> Post:
    """To the owner, privately, when a server has taken its word back."""
    return Post(
        title=f"{_handle(place)} is no longer on a server",
        body=(
            (
                "Someone who manages the server with your forum took you off it with /team "
                "leave.\nNothing new is posted there, your team can do nothing there, and we "
                "keep what fans write.\nAnyone who manages that server can bring you back with "
                "/account return. To continue elsewhere, use /setup on another server, then /link "
                "there."
            ),
        ),
    )


def sides_said(said: Sequence[ServerConsent]) -> list[str]:
    """Both sides' words now, a line for each."""
    words: dict[str, str] = {OWNER: "The owner", SERVER: "The server"}
    lines = []
    for word in said:
        state, by, at = (
            ("withdrew", word.withdrawn_by, word.withdrawn_at)
            if word.withdrawn_at is not None
            else ("agreed", word.by, word.at)
        )
        lines.append(f"{words[word.side]} {state}: <@{by}>, <t:{(at or 0) // 1000}:D>")
    return lines


def _handle(place: TeamPlace) -> str:
    return f"@{safe(one_line(place.handle, _HANDLE))}"


def _where(place: TeamPlace) -> str:
    return "this server" if place.here else "the other server"
