"""The texts about a team's members (pure)."""

from collections.abc import Sequence

from bot.access.grant_input import GrantRequest, GrantSubject
from bot.access.roles import MoneyView, Permission, RoleGrant, TeamRole, TeamStanding, in_words, standing
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe
from storage.records import DiscordId, DraftId

EVERYONE = msgid("@everyone is not a team: choose a role for the people you mean, or one member.")
IS_OWNER = msgid("This person owns the account and always has full access.")
BEYOND = msgid(
    "You can only change permissions below your own role. The creator's owner can change the others."
)
ALREADY = msgid("Already set – no changes made.")
CHANGED = msgid("Someone else has changed this since you saw it, so nothing changed. Run the command again.")
SETTLED = msgid("This preview has expired. Run the command again.")
CANCELLED = msgid("No changes made.")
NOT_AT_HOME = msgid(
    "This creator is not on this server, so nobody can be in their team here. Add them "
    "with /setup and /link, or with /account return if someone withdrew consent."
)
NOBODY = msgid("Nobody has access yet. Add people with /team grant.")
_HAS_LEFT = msgid(
    "It has left this server, so nothing of it is posted here and nobody answers its "
    "fans from here, until /account return."
)
_HANDLE, _ROWS = 40, 15
ROLE_WORDS = {
    TeamRole.OWNER: msgid("owner"),
    TeamRole.MANAGER: msgid("manager"),
    TeamRole.CHATTER: msgid("chatter"),
    TeamRole.VIEWER: msgid("viewer"),
    TeamRole.TRAINEE: msgid("trainee"),
    TeamRole.NONE: msgid("nothing of its own"),
}
MONEY_WORDS = {
    MoneyView.EXACT: msgid("Figures: exact."),
    MoneyView.BANDED: msgid("Figures: in ranges, such as $100 to $250."),
    MoneyView.HIDDEN: msgid("Figures: hidden."),
}
_SEES = {
    MoneyView.EXACT: msgid("figures exact"),
    MoneyView.BANDED: msgid("figures banded"),
    MoneyView.HIDDEN: msgid("figures hidden"),
}


def nothing_to_revoke(subject: GrantSubject) -> str:
    """There is no grant to end."""
    more = tr(" Their permissions come from their Discord roles.") if subject.kind == "member" else ""
    return tr(
        "{who} has no grant of their own here.{more} See all with /team show.",
        who=mention(subject.kind, subject.id),
        more=more,
    )


def preview(
    draft: DraftId, handle: str, wanted: GrantRequest, before: RoleGrant | None, by_roles: Sequence[RoleGrant]
) -> Post:
    """The resulting grant, in words, with the two buttons."""
    who = mention(wanted.subject.kind, wanted.subject.id)
    made = wanted.grant("")
    body = []
    if made is not None:
        body.append(
            tr(
                "{who} as {role} for {name}. {can}",
                who=who,
                role=tr(ROLE_WORDS[made.role]),
                name=_name(handle),
                can=_can(made.permissions),
            )
        )
        body.append(f"{_cannot(made.permissions)} {tr(MONEY_WORDS[made.sees])}".strip())
        if before is not None:
            body.append(tr("Before: {grant}.", grant=described(before)))
    elif before is not None:
        body.append(
            tr(
                "{who} will lose the {role} role for {name}.",
                who=who,
                role=tr(ROLE_WORDS[before.role]),
                name=_name(handle),
            )
        )
    body += _consequences(wanted, by_roles)
    return Post(
        title=tr("Is this right?"),
        body=tuple(body),
        buttons=(
            Button("team.confirm", draft, tr("Yes, do it"), "success" if made is not None else "danger"),
            Button("team.cancel", draft, tr("No")),
        ),
    )


def _consequences(wanted: GrantRequest, by_roles: Sequence[RoleGrant]) -> list[str]:
    if wanted.subject.kind == "role":
        if wanted.role is None:
            return []
        return [tr("Anyone who hands out this Discord role on the server decides who has this.")]
    if wanted.role is not None:
        alone = tr("It replaces what their Discord roles give them here.")
        sees = tr("They also need a Discord role that can see the forum.")
        return [alone, sees] if by_roles else [sees]
    left = standing(by_roles)
    if left is None:
        return [tr("They will have no access left for this creator.")]
    return [
        tr(
            "Through their Discord roles they will be {role}. {can}",
            role=tr(ROLE_WORDS[left.role]),
            can=_can(left.permissions),
        )
    ]


def done(wanted: GrantRequest) -> str:
    who = mention(wanted.subject.kind, wanted.subject.id)
    if wanted.role is None:
        return tr("Done. {who} no longer has a grant of their own, effective now.", who=who)
    return tr(
        "Done. {who} now has this access. See everyone with /team show, remove it with /team revoke.", who=who
    )


def audited(wanted: GrantRequest) -> str:
    """For the audit: what, without names."""
    if wanted.role is None:
        return "ended"
    parts = [wanted.role.value, *(f"+{one}" for one in sorted(wanted.plus))]
    parts += [f"-{one}" for one in sorted(wanted.minus)]
    return " ".join([*parts, *([f"money={wanted.money}"] if wanted.money is not None else [])])


def described(grant: RoleGrant) -> str:
    """A grant in a few words."""
    words = [tr(ROLE_WORDS[grant.role])]
    words += [tr("also {permissions}", permissions=in_words(grant.plus))] if grant.plus else []
    words += [tr("without {permissions}", permissions=in_words(grant.minus))] if grant.minus else []
    words += [tr(_SEES[grant.sees])] if grant.money is not None else []
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
    called = tr("Stands in for the owner") if stands_in else tr("Owner")
    head = (
        [f"{called}: <@{owner}>"]
        if owner is not None
        else [tr("Nobody is connected as the owner right now.")]
    )
    rows = [
        f"{mention(one.kind, one.subject)}: {described(one)}. {_origin(one)}"
        for one in grants[(page - 1) * _ROWS : page * _ROWS]
    ]
    turn = (
        []
        if pages == 1
        else [tr("Page {page} of {pages}: see the others with `/team show page:`", page=page, pages=pages)]
    )
    return Post(
        title=tr("Team of {name}", name=_name(handle)),
        body=("\n".join([*head, *said]), "\n".join(rows) or tr(NOBODY)),
        small="\n".join([tr("See what each role allows: /team explain."), *turn]),
    )


def _origin(grant: RoleGrant) -> str:
    by = f"<@{grant.by}>" if grant.by is not None else tr("the bridge")
    return tr("By {by}, <t:{at}:D>", by=by, at=grant.at // 1000)


def explained(
    handle: str,
    held: TeamStanding | None,
    grants: Sequence[RoleGrant],
    *,
    away: bool,
    stands_in: bool = False,
    own: bool = False,
) -> str:
    """The reason somebody may, or may not, act for one creator; `own`: the reader."""
    name = f"**{_name(handle)}**"
    if held is not None and held.role is TeamRole.OWNER:
        can = tr(_HAS_LEFT) if away else tr(_EVERYTHING[own, stands_in])
        return f"{name}: {tr(_OWNER[own, stands_in])} {can}"
    why = [f"{_by(one)}: {described(one)}. {_origin(one)}" for one in grants]
    if away:
        lead = tr("no access right now: the creator was taken off this server. /account return restores it.")
        return "\n".join([f"{name}: {lead}", *why])
    if held is None:
        return "\n".join([tr("{name}: no access.", name=name), *why])
    can = f"{name}: {tr(ROLE_WORDS[held.role])}. {_can(held.permissions, own=own)}"
    return "\n".join(
        [can, f"{_cannot(held.permissions, own=own)} {tr(MONEY_WORDS[held.money])}".strip(), *why]
    )


# By whether it is the reader, and whether they stand in for the owner.
_EVERYTHING = {
    (True, False): msgid("You can do everything."),
    (True, True): msgid("You can do everything that Fanvue offers to someone who manages it."),
    (False, False): msgid("They can do everything."),
    (False, True): msgid("They can do everything that Fanvue offers to someone who manages it."),
}
_OWNER = {
    (True, False): msgid("owner, by the account that you connected."),
    (True, True): msgid("you stand in for the owner, until the owner connects it with /link."),
    (False, False): msgid("owner, by the account that they connected."),
    (False, True): msgid("they stand in for the owner, until the owner connects it with /link."),
}


def explanation(who: DiscordId, parts: Sequence[str], more: int, *, own: bool) -> Post:
    """All of it; `more`: so many creators have no room."""
    nothing = (
        tr(
            "You have no access to any creator on this server, neither personally nor by a "
            "Discord role. A creator's owner can add you with /team grant."
        )
        if own
        else tr("They have no access here, neither personally nor by a Discord role.")
    )
    notes = [
        tr("A personal grant counts alone; otherwise all of their Discord roles count together."),
        tr(
            "Discord's own permissions, even an administrator's, give no access here, but must "
            "be there as well."
        ),
    ]
    if more:
        notes.append(tr("{more} more: run it again and choose one under `creator:`.", more=more))
    return Post(
        title=tr("What you may do, and why") if own else tr("What they may do, and why"),
        body=(*(() if own else (f"<@{who}>",)), *(parts or (nothing,))),
        small="\n".join(notes),
    )


def _by(grant: RoleGrant) -> str:
    return (
        tr("Personally")
        if grant.kind == "member"
        else tr("By the role {role}", role=mention(grant.kind, grant.subject))
    )


def mention(kind: str, subject: DiscordId) -> str:
    """Somebody as Discord shows them; private answers ping nobody."""
    return f"<@{subject}>" if kind == "member" else f"<@&{subject}>"


def _can(permissions: frozenset[Permission], *, own: bool = False) -> str:
    words = in_words(permissions)
    if own:
        return (
            tr("You can {permissions}.", permissions=words) if permissions else tr("You can't do anything.")
        )
    return tr("They can {permissions}.", permissions=words) if permissions else tr("They can't do anything.")


def _cannot(permissions: frozenset[Permission], *, own: bool = False) -> str:
    lacking = frozenset(Permission) - permissions
    if not lacking:
        return ""
    words = in_words(lacking)
    return (
        tr("You can't {permissions}.", permissions=words)
        if own
        else tr("They can't {permissions}.", permissions=words)
    )


def _name(handle: str) -> str:
    return f"@{safe(one_line(handle, _HANDLE))}"
