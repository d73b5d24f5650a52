"""A creator comes to a server: both sides' consent, and the team let in."""

from bot.access.roles import Role
from storage import consents, forums, grants, setups
from storage.database import Transaction
from storage.records import CreatorId, DiscordId, Forum, Link, Millis


async def team_of(tx: Transaction, creator: CreatorId, guild: DiscordId) -> DiscordId | None:
    """The Discord role that a Yes on this server would let answer this creator's fans; None: nobody.

    It is the one that was chosen in /setup, unless the owner has ever decided about it.
    """
    forum = await _forum(tx, creator, guild)
    chosen = await setups.of_forum(tx, forum.id) if forum is not None else None
    if chosen is None or chosen.team is None:
        return None
    decided = await grants.ever(tx, creator, guild, "role", chosen.team)
    return None if decided else chosen.team


async def owner_says_yes(
    tx: Transaction, link: Link, *, team: DiscordId | None, grant_id: str, now: Millis
) -> None:
    """The owner has connected the account on this server; `team`: whom the question named."""
    if await consents.only_from(tx, link.creator, link.discord_user, now=now):
        # Whom somebody else let in is not whom this owner lets in.
        await grants.end_all(tx, link.creator, by=link.discord_user, now=now)
    await consents.give(tx, link.creator, link.guild, "owner", by=link.discord_user, now=now)
    if team is not None:
        await _let_in(tx, link.creator, link.guild, team, by=link.discord_user, grant_id=grant_id, now=now)


async def server_says_yes(
    tx: Transaction, forum: Forum, creator: CreatorId, *, owner: DiscordId | None, grant_id: str, now: Millis
) -> DiscordId | None:
    """A forum has become this creator's; returns the role that its owner still has to let in, if any.

    `owner`: whose account it is. Where they chose the team in /setup themselves, that is their word.
    """
    done = await setups.of_forum(tx, forum.id)
    if done is None:
        return None
    await consents.give(tx, creator, forum.guild, "server", by=done.by, now=now)
    if done.team is None or await grants.ever(tx, creator, forum.guild, "role", done.team):
        return None
    if done.by != owner:
        return done.team
    await _let_in(tx, creator, forum.guild, done.team, by=owner, grant_id=grant_id, now=now)
    return None


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
        grants.Kept(
            id=grant_id,
            creator=creator,
            guild=guild,
            kind="role",
            subject=team,
            role=Role.CHATTER,
            plus="",
            minus="",
            money=None,
            by=by,
            at=now,
        ),
    )


async def _forum(tx: Transaction, creator: CreatorId, guild: DiscordId) -> Forum | None:
    own = await forums.of_creator(tx, creator)
    if own is not None:
        return own if own.guild == guild else None
    return await forums.waiting(tx, guild)
