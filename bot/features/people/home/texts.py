"""All that people read on /home (pure)."""

from collections.abc import Sequence

from bot.access.roles import TeamRole
from bot.features.people.home.model import HomeNews, HomePart
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.button_keys import key_ref
from bot.text.colours import TEAM_COLOUR
from bot.text.safe_text import one_line, safe

OPEN, AGAIN = "home.open", "home.again"
# What every panel has below: the command and its label, by a key of its own.
LINKS = {
    "page": ("/account page", msgid("Web page")),
    "settings": ("/settings show", msgid("Settings")),
    "help": ("/help", msgid("Help")),
}
NOT_THERE = msgid("This button no longer leads anywhere. Run /home again.")
_SAID, _HANDLE, _ROLES = 900, 40, 3
_ROLE_NAMES = {
    TeamRole.NONE: msgid("None"),
    TeamRole.TRAINEE: msgid("Trainee"),
    TeamRole.VIEWER: msgid("Viewer"),
    TeamRole.CHATTER: msgid("Chatter"),
    TeamRole.MANAGER: msgid("Manager"),
    TeamRole.OWNER: msgid("Owner"),
}


def panel(
    roles: Sequence[tuple[TeamRole, str]], found: Sequence[tuple[HomePart, HomeNews]], links: Sequence[str]
) -> Post:
    """The parts that have something to say, each with its button; `links`: keys of those below."""
    parts = [_cut(news.text) for _, news in found]
    buttons = [
        Button(OPEN, key_ref(part.key), part.label, beside=number) for number, (part, _) in enumerate(found)
    ]
    buttons.append(Button(AGAIN, key_ref("home"), tr("Refresh")))
    buttons += [Button(OPEN, key_ref(key), tr(LINKS[key][1])) for key in links]
    return Post(
        title=tr("Home"),
        body=tuple(parts) or (tr("Nothing needs you right now."),),
        small=_roles(roles),
        accent=TEAM_COLOUR,
        buttons=tuple(buttons),
    )


def _roles(roles: Sequence[tuple[TeamRole, str]]) -> str:
    said = [f"{tr(_ROLE_NAMES[role])} · @{safe(one_line(handle, _HANDLE))}" for role, handle in roles]
    more = [tr("and {more} more", more=len(said) - _ROLES)] if len(said) > _ROLES else []
    return ", ".join([*said[:_ROLES], *more])


def _cut(text: str) -> str:
    """A part stays short: Discord takes 4,000 characters of all of them together."""
    return text if len(text) <= _SAID else f"{text[: _SAID - 1]}…"
