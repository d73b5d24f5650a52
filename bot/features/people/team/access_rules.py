"""The mismatches between Discord's permissions and a team's grants (pure)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.access.channel_view import ChannelViewer, ServerView
from bot.access.roles import RoleGrant, standing
from bot.features.people.team.texts import mention
from bot.model.language import msgid, tr
from storage.records import DiscordId, Forum

_FORUM, _ALERTS = "forum", "alerts"
_GONE = {
    _FORUM: msgid("The forum is gone: create another one with /setup."),
    _ALERTS: msgid("The alerts channel is gone: create another one with /setup."),
}
_BLIND = msgid(
    "{who} has a grant but can't see <#{forum}>: let them see it in Discord's settings, or use /team revoke."
)


@dataclass(frozen=True)
class TeamAccess:
    """People the creator's side let in. `owner`: who connected the account, if anybody."""

    forums: Sequence[Forum]  # at least one; all have the same alerts channel
    owner: DiscordId | None
    grants: Sequence[RoleGrant]

    @property
    def channels(self) -> tuple[tuple[str, DiscordId], ...]:
        """The channels to see, and which of the two kinds each is."""
        alerts = dict.fromkeys(forum.alerts for forum in self.forums)
        return (
            *((_FORUM, forum.id) for forum in self.forums),
            *((_ALERTS, channel) for channel in alerts),
        )

    def lets_in(self, member: ChannelViewer) -> bool:
        """Whether this member has anything to do for the creator."""
        held = [
            grant
            for grant in self.grants
            if (grant.subject == member.id if grant.kind == "member" else grant.subject in member.roles)
        ]
        return member.id == self.owner or standing(held) is not None


@dataclass(frozen=True)
class AccessFindings:
    """A sentence for each thing, the worst first.

    `beside`: who sees everything by Discord itself; it is so on every server, and nobody has to settle it.
    """

    settle: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def findings(seen: ServerView, team: TeamAccess) -> AccessFindings:
    """The mismatches; the same state always gives the same sentences."""
    outside = (*without_a_word(seen, team), *_members_outside(seen, team))
    settle = (*_channels(seen, team), *outside, *_shut_out(seen, team))
    return AccessFindings(settle, tuple(_bypass(seen, team)))


def without_a_word(seen: ServerView, team: TeamAccess) -> tuple[str, ...]:
    """A sentence for each role, everybody's first, that reads though nobody of the owner's side let it in.

    For this nobody has to be asked about by name.
    """
    return tuple(_roles_outside(seen, team))


def _channels(seen: ServerView, team: TeamAccess) -> Iterator[str]:
    for kind, channel in team.channels:
        door = seen.doors.get(channel)
        if door is None:
            yield tr(_GONE[kind])
            continue
        if not door.age_restricted:
            yield tr("<#{channel}> is not age-restricted: fix that with /setup.", channel=channel)
        if door.lacks:
            yield tr(
                "In <#{channel}> the bot is missing {lacks}: fix that with /setup.",
                channel=channel,
                lacks=", ".join(door.lacks),
            )


def _roles_outside(seen: ServerView, team: TeamAccess) -> Iterator[str]:
    if seen.everyone.sees:
        yield tr(
            "Everyone on this server can read {named}: fix that with /setup.",
            named=_named(seen.everyone.sees),
        )
    granted = {grant.subject for grant in team.grants if grant.kind == "role" and grant.permissions}
    for role in seen.roles:
        more = _beyond(role, seen.everyone)
        if more and not role.admin and role.id not in granted:
            who = mention("role", role.id)
            yield tr(
                "{who} can read {named} but has no grant: add one, or remove it there.",
                who=who,
                named=_named(more),
            )


def _members_outside(seen: ServerView, team: TeamAccess) -> Iterator[str]:
    let_in = {role.id for role in seen.roles if role.sees}
    for member in seen.members:
        if member.admin or member.id == seen.owner or team.lets_in(member):
            continue
        if (more := _beyond(member, seen.everyone)) and not let_in & set(member.roles):
            who = mention("member", member.id)
            yield tr(
                "{who} can read {named} by name but has no grant: remove them there.",
                who=who,
                named=_named(more),
            )
        elif more:
            who = mention("member", member.id)
            yield tr(
                "{who} can read {named} by a role but has no grant: use /team grant, or remove the role from "
                "them.",
                who=who,
                named=_named(more),
            )


def _shut_out(seen: ServerView, team: TeamAccess) -> Iterator[str]:
    for forum in team.forums:
        if forum.id in seen.doors:
            yield from _shut_out_of(forum.id, seen, team)


def _shut_out_of(forum: DiscordId, seen: ServerView, team: TeamAccess) -> Iterator[str]:
    roles = {role.id: role for role in seen.roles}
    for grant in team.grants:
        role = roles.get(grant.subject)
        if grant.kind != "role" or not grant.permissions:
            continue
        if role is None:
            yield tr("A role that has a grant is gone from the server; its grant gives nobody anything.")
        elif forum not in role.sees:
            yield tr(_BLIND, who=mention("role", role.id), forum=forum)
    for member in seen.members:
        personally = any(one.kind == "member" and one.subject == member.id for one in team.grants)
        if personally and team.lets_in(member) and forum not in member.sees:
            yield tr(_BLIND, who=mention("member", member.id), forum=forum)


def _bypass(seen: ServerView, team: TeamAccess) -> Iterator[str]:
    for role in seen.roles:
        if role.admin:
            yield tr(
                "{who} sees everything as an administrator, whatever is granted. Through the bridge it can "
                "only do what is granted.",
                who=mention("role", role.id),
            )
    if seen.owner != team.owner:
        yield tr("{who} owns this server and sees everything.", who=mention("member", seen.owner))


def _beyond(viewer: ChannelViewer, everyone: ChannelViewer) -> list[DiscordId]:
    return [channel for channel in viewer.sees if channel not in everyone.sees]


def _named(channels: Collection[DiscordId]) -> str:
    return tr(" and ").join(f"<#{channel}>" for channel in channels)
