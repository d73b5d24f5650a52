"""The commands of /help that somebody may use, page by page (pure)."""

from collections.abc import Sequence

from bot.access.roles import TeamRole
from bot.discord.command_examples import CommandEntry
from bot.discord.moved_commands import MOVED
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.colours import TEAM_COLOUR
from bot.text.safe_text import one_line, safe

PAGE = 12  # commands
_HANDLE, _ROLES = 40, 5
UNKNOWN = msgid("No such command for you here. See /help.")
_TURN = "help.page"
_IN_THREAD, _ANYWHERE = msgid("**In a fan's thread**"), msgid("**Anywhere on this server**")
_ROLE_OF = {
    TeamRole.OWNER: msgid("the owner of @{handle}"),
    TeamRole.NONE: msgid("a none for @{handle}"),
    TeamRole.TRAINEE: msgid("a trainee for @{handle}"),
    TeamRole.VIEWER: msgid("a viewer for @{handle}"),
    TeamRole.CHATTER: msgid("a chatter for @{handle}"),
    TeamRole.MANAGER: msgid("a manager for @{handle}"),
}
_ROLE = {
    TeamRole.OWNER: msgid("the owner"),
    TeamRole.NONE: msgid("a none"),
    TeamRole.TRAINEE: msgid("a trainee"),
    TeamRole.VIEWER: msgid("a viewer"),
    TeamRole.CHATTER: msgid("a chatter"),
    TeamRole.MANAGER: msgid("a manager"),
}


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
        buttons.append(Button(_TURN, f"{number - 1:022d}", tr("Back")))
    if number < pages - 1:
        buttons.append(Button(_TURN, f"{number + 1:022d}", tr("More")))
    return Post(
        title=tr("What you may do here"),
        body=(who_you_are(roles), *_sections(shown)),
        small=tr("For details: /help command:NAME · page {number} of {pages}", number=number + 1, pages=pages)
        if pages > 1
        else tr("For details: /help command:NAME"),
        accent=TEAM_COLOUR,
        buttons=tuple(buttons),
    )


def one(entry: CommandEntry) -> Post:
    """All that there is to one command."""
    thread = entry.in_thread
    where = tr("It works only in a fan's thread.") if thread else tr("It works anywhere on this server.")
    optional = tr(" (optional)")
    options = [
        f"`{name}`{'' if needed else optional}: {safe(means)}" for name, means, needed in entry.options
    ]
    return Post(
        title=tr("How to use {command}", command=entry.name),
        body=(
            f"{entry.does}\n{tr('For example:')} `{entry.example}`",
            *(["\n".join(options)] if options else []),
        ),
        small=where,
        accent=TEAM_COLOUR,
    )


def named(entries: Sequence[CommandEntry], typed: str) -> CommandEntry | None:
    """The command that was meant, also by the name that it had before."""
    wanted = " ".join(typed.strip().lstrip("/").casefold().split())
    wanted = MOVED.get(wanted, wanted)
    return next((one for one in entries if wanted in {one.key.casefold(), one.name.casefold()}), None)


def _called(role: TeamRole, handle: str) -> str:
    """A role, as it is said to its holder."""
    return tr(_ROLE_OF[role], handle=safe(one_line(handle, _HANDLE))) if handle else tr(_ROLE[role])


def who_you_are(roles: Sequence[tuple[TeamRole, str]]) -> str:
    """The reader's roles, in a sentence."""
    if not roles:
        return tr("You are on no creator's team here. Connect your own Fanvue account with /link.")
    said = [_called(role, handle) for role, handle in roles[:_ROLES]]
    more = [tr("and {number} more", number=len(roles) - _ROLES)] if len(roles) > _ROLES else []
    # Translators: such as: You are the owner of @mila, a chatter for @luna.
    return tr("You are {roles}.", roles=", ".join([*said, *more]))


def _sections(entries: Sequence[CommandEntry]) -> list[str]:
    made = []
    for heading, inside in ((_IN_THREAD, True), (_ANYWHERE, False)):
        lines = [f"`{one.example}`\n-# {one.does}" for one in entries if one.in_thread is inside]
        if lines:
            made.append((entries.index(next(e for e in entries if e.in_thread is inside)), heading, lines))
    return ["\n".join([tr(heading), *lines]) for _, heading, lines in sorted(made)]
