"""The texts about a team's members (pure)."""

from collections.abc import Sequence

from bot.access.grant_input import GrantRequest, GrantSubject
from bot.access.roles import MoneyView, Permission, RoleGrant, TeamRole, TeamStanding, in_words, standing
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.records import DiscordId, DraftId

EVERYONE = "@everyone is not a team: choose a role for the people you mean, or one member."
IS_OWNER = "This person owns the account and always has full access."
BEYOND = "You can only change permissions below your own role. The creator's owner can change the others."
ALREADY = "Already set – no changes made."
CHANGED = "Someone else has changed this since you saw it, so nothing changed. Run the command again."
SETTLED = "This preview has expired. Run the command again."
CANCELLED = "No changes made."
NOT_AT_HOME = (
    "This creator is not on this server, so nobody can be in their team here. Add them with /setup "
    "and /link, or with /account return if someone withdrew consent."
)
NOBODY = "Nobody has access yet. Add people with /team grant."
_HAS_LEFT = (
    "It has left this server, so nothing of it is posted here and nobody answers its fans from "
    "here, until /account return."
)
_HANDLE, _ROWS = 40, 15
ROLE_WORDS = {
    TeamRole.OWNER: "owner",
    TeamRole.MANAGER: "manager",
    TeamRole.CHATTER: "chatter",
    TeamRole.VIEWER: "viewer",
    TeamRole.TRAINEE: "trainee",
    TeamRole.NONE: "nothing of its own",
}
MONEY_WORDS = {
    MoneyView.EXACT: "Figures: exact.",
    MoneyView.BANDED: "Figures: in ranges, such as $100 to $250.",
    MoneyView.HIDDEN: "Figures: hidden.",
}


def nothing_to_revoke(subject: GrantSubject) -> str:
    """There is no grant to end."""
    more = " Their permissions come from their Discord roles." if subject.kind == "member" else ""
    return (
        f"{mention(subject.kind, subject.id)} has no grant of their own here.{more} See all with /team show."
    )


def preview(
    draft: DraftId, handle: str, wanted: GrantRequest, before: RoleGrant | None, by_roles: Sequence[RoleGrant]
) -> Post:
    """The resulting grant, in words, with the two buttons."""
    who = mention(wanted.subject.kind, wanted.subject.id)
    made = wanted.grant("")
    body = []
    if made is not None:
        body.append(f"{who} as {ROLE_WORDS[made.role]} for {_name(handle)}. {_can(made.permissions)}")
        body.append(f"{_cannot(made.permissions)} {MONEY_WORDS[made.sees]}".strip())
        if before is not None:
            body.append(f"Before: {described(before)}.")
    elif before is not None:
        body.append(f"{who} will lose the {ROLE_WORDS[before.role]} role for {_name(handle)}.")
    body += _consequences(wanted, by_roles)
    return Post(
        title="Is this right?",
        body=tuple(body),
        buttons=(
            Button("team.confirm", draft, "Yes, do it", "success" if made is not None else "danger"),
            Button("team.cancel", draft, "No"),
        ),
    )


def _consequences(wanted: GrantRequest, by_roles: Sequence[RoleGrant]) -> list[str]:
    if wanted.subject.kind == "role":
        if wanted.role is None:
            return []
        return ["Anyone who hands out this Discord role on the server decides who has this."]
    if wanted.role is not None:
        alone = "It replaces what their Discord roles give them here."
        sees = "They also need a Discord role that can see the forum."
        return [alone, sees] if by_roles else [sees]
    left = standing(by_roles)
    if left is None:
        return ["They will have no access left for this creator."]
    return [f"Through their Discord roles they will be {ROLE_WORDS[left.role]}. {_can(left.permissions)}"]


def done(wanted: GrantRequest) -> str:
    who = mention(wanted.subject.kind, wanted.subject.id)
    if wanted.role is None:
        return f"Done. {who} no longer has a grant of their own, effective now."
    return f"Done. {who} now has this access. See everyone with /team show, remove it with /team revoke."


def audited(wanted: GrantRequest) -> str:
    """For the audit: what, without names."""
    if wanted.role is None:
        return "ended"
    parts = [wanted.role.value, *(f"+{one}" for one in sorted(wanted.plus))]
    parts += [f"-{one}" for one in sorted(wanted.minus)]
    return " ".join([*parts, *([f"money={wanted.money}"] if wanted.money is not None else [])])


def described(grant: RoleGrant) -> str:
    """A grant in a few words."""
    words = [ROLE_WORDS[grant.role]]
    words += [f"also {in_words(grant.plus)}"] if grant.plus else []
    words += [f"without {in_words(grant.minus)}"] if grant.minus else []
    words += [f"figures {grant.sees}"] if grant.money is not None else []
    return "; ".join(words)


def team(
    handle: str,
    owner: DiscordId | None,
    said: Sequence[str],
    grants: Sequence[RoleGrant],
    page: int,
    *,
    stands_in: bool = False,
) -> Post:
    """Everybody who has something: what, by whom, since when. `stands_in`: for the owner, until they come."""
    pages = max(1, -(-len(grants) // _ROWS))
    page = min(max(page, 1), pages)
    called = "Stands in for the owner" if stands_in else "Owner"
    head = [f"{called}: <@{owner}>"] if owner is not None else ["Nobody is connected as the owner right now."]
    rows = [
        f"{mention(one.kind, one.subject)}: {described(one)}. {_origin(one)}"
        for one in grants[(page - 1) * _ROWS : page * _ROWS]
    ]
    turn = [] if pages == 1 else [f"Page {page} of {pages}: see the others with /team show page."]
    return Post(
        title=f"Team of {_name(handle)}",
        body=("\n".join([*head, *said]), "\n".join(rows) or NOBODY),
        small="\n".join(["See what each role allows: /team explain.", *turn]),
    )


def _origin(grant: RoleGrant) -> str:
    by = f"<@{grant.by}>" if grant.by is not None else "the bridge"
    return f"By {by}, <t:{grant.at // 1000}:D>"


def explained(
    handle: str,
    held: TeamStanding | None,
    grants: Sequence[RoleGrant],
    *,
    away: bool,
    stands_in: bool = False,
    who: str = "They",
) -> str:
    """The reason somebody may, or may not, act for one creator; `who`: "You" or "They"."""
    name = f"**{_name(handle)}**"
    if held is not None and held.role is TeamRole.OWNER:
        all_of_it = " that Fanvue offers to someone who manages it" if stands_in else ""
        can = _HAS_LEFT if away else f"{who} can do everything{all_of_it}."
        return f"{name}: {_owner(who, stands_in=stands_in)} {can}"
    why = [f"{_by(one)}: {described(one)}. {_origin(one)}" for one in grants]
    if away:
        lead = "no access right now: the creator was taken off this server. /account return restores it."
        return "\n".join([f"{name}: {lead}", *why])
    if held is None:
        return "\n".join([f"{name}: no access.", *why])
    can = f"{name}: {ROLE_WORDS[held.role]}. {_can(held.permissions, who)}"
    return "\n".join([can, f"{_cannot(held.permissions, who)} {MONEY_WORDS[held.money]}".strip(), *why])


def _owner(who: str, *, stands_in: bool) -> str:
    if stands_in:
        return f"{who.lower()} stand in for the owner, until the owner connects it with /link."
    return f"owner, by the account that {who.lower()} connected."


def explanation(who: DiscordId, parts: Sequence[str], more: int, *, own: bool) -> Post:
    """All of it; `more`: so many creators have no room."""
    nothing = (
        (
            "You have no access to any creator on this server, neither personally nor by a Discord "
            "role. A creator's owner can add you with /team grant."
        )
        if own
        else "They have no access here, neither personally nor by a Discord role."
    )
    notes = [
        "A personal grant counts alone; otherwise all of their Discord roles count together.",
        (
            "Discord's own permissions, even an administrator's, give no access here, but must be "
            "there as well."
        ),
    ]
    if more:
        notes.append(f"{more} more: run it again and choose one under creator.")
    return Post(
        title="What you may do, and why" if own else "What they may do, and why",
        body=(*(() if own else (f"<@{who}>",)), *(parts or (nothing,))),
        small="\n".join(notes),
    )


def _by(grant: RoleGrant) -> str:
    return "Personally" if grant.kind == "member" else f"By the role {mention(grant.kind, grant.subject)}"


def mention(kind: str, subject: DiscordId) -> str:
    """Somebody as Discord shows them; private answers ping nobody."""
    return f"<@{subject}>" if kind == "member" else f"<@&{subject}>"


def _can(permissions: frozenset[Permission], who: str = "They") -> str:
    return f"{who} can {in_words(permissions)}." if permissions else f"{who} can't do anything."


def _cannot(permissions: frozenset[Permission], who: str = "They") -> str:
    lacking = frozenset(Permission) - permissions
    return f"{who} can't {in_words(lacking)}." if lacking else ""


def _name(handle: str) -> str:
    return f"@{safe(one_line(handle, _HANDLE))}"
