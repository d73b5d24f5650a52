"""A creator comes to a server: both sides' consent, and the team let in."""

from dataclasses import dataclass

from bot.access.permits import grant_of
from bot.access.roles import Permission, TeamRole
from storage.database import Transaction
from storage.inbox import forum_setups, forums
from storage.people import api_keys, consents, creators, grants
from storage.records import CreatorId, DiscordId, Forum, Link, Millis


@dataclass(frozen=True)
class OfferedForum:
    """A forum, and the Discord role that a Yes would let in there with it; None: nobody."""

    forum: Forum
    team: DiscordId | None


@dataclass(frozen=True)
class OfferedForums:
    """The forums for a creator's fans after a Yes on this server.

    `own`: the forum they have, here or elsewhere, and keep. Else one of `waiting` may become theirs, if
    their owner says which; never the only one by itself, or the oldest.
    """

    own: OfferedForum | None
    waiting: tuple[OfferedForum, ...] = ()


async def rooms_for(tx: Transaction, creator: CreatorId, guild: DiscordId) -> OfferedForums:
    """Return the forums that a link's question here names and offers."""
    own = await forums.of_creator(tx, creator)
    about = await consents.about(tx, creator, guild)
    shut = any(word.side == "server" and word.withdrawn_at is not None for word in about)
    if own is not None and (own.guild == guild or own.guild not in await consents.left(tx, creator)):
        team = await team_of(tx, creator, own) if own.guild == guild else None
        return OfferedForums(OfferedForum(own, team))
    if shut:
        return OfferedForums(None)  # only the server itself takes its word again: no /setup of before does
    waiting = await forums.waiting(tx, guild)
    return OfferedForums(None, tuple([OfferedForum(one, await team_of(tx, creator, one)) for one in waiting]))


async def team_of(tx: Transaction, creator: CreatorId, forum: Forum) -> DiscordId | None:
    """The Discord role that a Yes would let answer this creator's fans in this forum; None: nobody.

    It is the one that was chosen in /setup, unless the owner's side has ever decided about it.
    """
    chosen = await forum_setups.of_forum(tx, forum.id)
    if chosen is None or chosen.team is None:
        return None
    decided = await grants.ever(tx, creator, forum.guild, "role", chosen.team)
    return None if decided else chosen.team


async def still_named(
    tx: Transaction, creator: CreatorId, forum: DiscordId | None, team: DiscordId | None
) -> DiscordId | None:
    """The role that a question named with this forum, if a Yes would let it in still."""
    there = await forums.get(tx, forum) if forum is not None else None
    if there is None or there.creator not in (None, creator):
        return None
    return team if team == await team_of(tx, creator, there) else None


async def owner_says_yes(
    tx: Transaction, link: Link, *, team: DiscordId | None, grant_id: str, now: Millis
) -> bool:
    """Record the owner's yes on this server; `team`: the role the question named.

    Return whether it let anybody in, or shut anybody out.
    """
    another = await consents.only_from(tx, link.creator, link.discord_user, now=now)
    if another:
        # Whom somebody else let in is not whom this owner lets in.
        await grants.end_all(tx, link.creator, by=link.discord_user, now=now)
        await api_keys.end_all(tx, link.creator, now=now)
    await consents.give(tx, link.creator, link.guild, "owner", by=link.discord_user, now=now)
    if team is not None:
        await _let_in(tx, link.creator, link.guild, team, by=link.discord_user, grant_id=grant_id, now=now)
    return another or team is not None


async def server_says_yes(tx: Transaction, forum: Forum, creator: CreatorId, *, now: Millis) -> None:
    """A forum has become this creator's: who set it up said so for the server."""
    done = await forum_setups.of_forum(tx, forum.id)
    if done is not None:
        await consents.give(tx, creator, forum.guild, "server", by=done.by, now=now)


async def team_is_let_in(  # who, where, by whose word
    tx: Transaction,
    creator: CreatorId,
    guild: DiscordId,
    team: DiscordId,
    *,
    by: DiscordId,
    grant_id: str,
    now: Millis,
) -> bool:
    """Whether a role that `by` chose in /setup just now is let in; where that is the owner, by that word."""
    held = [grant_of(one) for one in await grants.of_creator(tx, creator, guild)]
    mine = next((one for one in held if (one.kind, one.subject) == ("role", team)), None)
    if mine is not None:
        return Permission.READ in mine.permissions
    link = await creators.open_link(tx, creator)
    if link is None or link.discord_user != by or await grants.ever(tx, creator, guild, "role", team):
        return False
    await _let_in(tx, creator, guild, team, by=by, grant_id=grant_id, now=now)
    return True


async def _let_in(  # who, where, as what
    tx: Transaction,
    creator: CreatorId,
    guild: DiscordId,
    team: DiscordId,
    *,
    by: DiscordId,
    grant_id: str,
    now: Millis,
) -> None:
    await grants.put(
        tx,
        grants.GrantRecord(
            id=grant_id,
            creator=creator,
            guild=guild,
            kind="role",
            subject=team,
            role=TeamRole.CHATTER,
            plus="",
            minus="",
            money=None,
            by=by,
            at=now,
        ),
    )
