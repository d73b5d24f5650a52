"""The commands of /help that somebody may use, page by page (pure)."""

from collections.abc import Sequence

from bot.access.roles import TeamRole
from bot.discord.command_examples import CommandEntry
from bot.discord.moved_commands import MOVED
from bot.model.ports import Button, Post
from bot.text.colours import TEAM_COLOUR
from bot.text.safe_text import one_line, safe

PAGE = 12  # commands
_HANDLE, _ROLES = 40, 5
UNKNOWN = "No such command for you here. See /help."
_OF = {TeamRole.OWNER: "of"}
_TURN = "help.page"
_IN_THREAD, _ANYWHERE = "**In a fan's thread**", "**Anywhere on this server**"
_MORE = "For details: /help command:NAME"


def page(
    entries: Sequence[CommandEntry], roles: Sequence[tuple[TeamRole, str]], number: int, *, thread: bool
) -> Post:
    """One page. `roles`: the reader's, each with its creator; `thread`: they are in a fan's thread."""
    ordered = sorted(entries, key=lambda entry: entry.in_thread is not thread)
    pages = max(-(-len(ordered) // PAGE), 1)
    number = max(min(number, pages - 1), 0)
    shown = ordered[number * PAGE :][:PAGE]
    buttons = []
    if number > 0:
        buttons.append(Button(_TURN, f"{number - 1:022d}", "Back"))
    if number < pages - 1:
        buttons.append(Button(_TURN, f"{number + 1:022d}", "More"))
    return Post(
        title="What you may do here",
        body=(who_you_are(roles), *_sections(shown)),
        small=f"{_MORE} · page {number + 1} of {pages}" if pages > 1 else _MORE,
        accent=TEAM_COLOUR,
        buttons=tuple(buttons),
    )


def one(entry: CommandEntry) -> Post:
    """All that there is to one command."""
    where = "It works only in a fan's thread." if entry.in_thread else "It works anywhere on this server."
    options = [
        f"`{name}`{'' if needed else ' (optional)'}: {safe(means)}" for name, means, needed in entry.options
    ]
    return Post(
        title=f"How to use {entry.name}",
        body=(f"{entry.does}\nFor example: `{entry.example}`", *(["\n".join(options)] if options else [])),
        small=where,
        accent=TEAM_COLOUR,
    )


def named(entries: Sequence[CommandEntry], typed: str) -> CommandEntry | None:
    """The command that was meant, also by the name that it had before."""
    wanted = " ".join(typed.strip().lstrip("/").casefold().split())
    wanted = MOVED.get(wanted, wanted)
    return next((one for one in entries if wanted in {one.key.casefold(), one.name.casefold()}), None)


def _called(role: TeamRole) -> str:
    """A role, as it is said to its holder."""
    return "the owner" if role is TeamRole.OWNER else f"a {role.value}"


def who_you_are(roles: Sequence[tuple[TeamRole, str]]) -> str:
    """The reader's roles, in a sentence."""
    if not roles:
        return "You are on no creator's team here. Connect your own Fanvue account with /link."
    said = [
        f"{_called(role)} {_OF.get(role, 'for')} @{safe(one_line(handle, _HANDLE))}"
        if handle
        else _called(role)
        for role, handle in roles[:_ROLES]
    ]
    more = [f"and {len(roles) - _ROLES} more"] if len(roles) > _ROLES else []
    return f"You are {', '.join([*said, *more])}."


def _sections(entries: Sequence[CommandEntry]) -> list[str]:
    made = []
    for heading, inside in ((_IN_THREAD, True), (_ANYWHERE, False)):
        lines = [f"`{one.example}`\n-# {one.does}" for one in entries if one.in_thread is inside]
        if lines:
            made.append((entries.index(next(e for e in entries if e.in_thread is inside)), heading, lines))
    return ["\n".join([heading, *lines]) for _, heading, lines in sorted(made)]
