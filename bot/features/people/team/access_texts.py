"""The access doctor's texts (pure)."""

from collections.abc import Sequence

from bot.access.channel_view import ServerView
from bot.features.people.team.access_rules import AccessFindings
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe

NO_FORUM = msgid(
    "This creator has no forum on this server, so there is nothing to read here. Create one with /setup."
)
NOT_THERE = msgid("Discord doesn't let the bot see this server. Invite it again, then run /setup.")
LIMITS = msgid(
    "Checked: roles, the forum's and alerts channel's permissions, and {known}. Without "
    "the Server Members intent we can't name other members of a role."
)
FITS = msgid("All is well: everyone who reads there has a grant.")
_BESIDE = msgid("By Discord itself, which grants can't change:")
_HANDLE, _ROWS = 40, 18  # of lines in one message


def examined(handle: str, found: AccessFindings, seen: ServerView, page: int) -> Post:
    """On demand; a page that is not there is the nearest one."""
    number = len(found.settle) + len(found.beside)
    pages = max(1, -(-number // _ROWS))
    page = min(max(page, 1), pages)
    turn = (
        []
        if pages == 1
        else [tr("Page {page} of {pages}: see the others with `/team doctor page:`", page=page, pages=pages)]
    )
    return Post(
        title=tr("Who reads the channels of @{handle}", handle=safe(one_line(handle, _HANDLE))),
        body=_body(found, (page - 1) * _ROWS, tr(FITS)),
        small=" ".join([*turn, tr(LIMITS, known=_known(seen))]),
    )


def weekly(found: AccessFindings, unasked: int, ref: str) -> Post:
    """Into the alerts channel, since something changed. `unasked`: how many were not looked at."""
    number = len(found.settle)
    things = tr_many("{n} thing to check", "{n} things to check", number) if number else tr("all clear")
    more = number + len(found.beside) - _ROWS
    rest = (tr("… and {more} more: see all with /team doctor.", more=more),) if more > 0 else ()
    left_out = [_left_out(unasked)] if unasked else []
    return Post(
        title=tr("Access doctor: {things}", things=things),
        body=(*_body(found, 0, tr("No one reads here without access.")), *rest),
        small=" ".join([tr("You get this at most once a week, and only when something changed."), *left_out]),
        buttons=(Button("team.doctor", ref, tr("Check now")),),
    )


def at_start(found: AccessFindings, _unasked: int, ref: str) -> Post:
    """Into the alerts channel, since roles read there whom nobody of the owner's side let in."""
    number = len(found.settle)
    return Post(
        title=tr_many(
            "{n} role reads here without the owner's word",
            "{n} roles read here without the owner's word",
            number,
        ),
        body=(_listed(found.settle[:_ROWS]),),
        small=tr("Checked when the bridge started. You hear of it again only when it changes."),
        buttons=(Button("team.doctor", ref, tr("Check now")),),
    )


def _body(found: AccessFindings, start: int, fits: str) -> tuple[str, ...]:
    """The lines of a page from this one on; those that nobody has to settle come last."""
    settle = found.settle[start : start + _ROWS]
    before = max(start - len(found.settle), 0)
    beside = found.beside[before : before + _ROWS - len(settle)]
    lines = (_listed(settle),) if settle else ()
    return (
        *(() if found.settle else (fits,)),
        *lines,
        *((f"{tr(_BESIDE)}\n{_listed(beside)}",) if beside else ()),
    )


def _known(seen: ServerView) -> str:
    number = len(seen.members)
    if not number:
        return tr("no member by name")
    who = tr_many("{n} member who is known by name", "{n} members who are known by name", number)
    return who if not seen.unasked else f"{who}. {_left_out(seen.unasked)}"


def _left_out(unasked: int) -> str:
    return tr("we did not check {unasked} more whom we know by name: these are too many", unasked=unasked)


def _listed(found: Sequence[str]) -> str:
    return "\n".join(f"- {one}" for one in found)
