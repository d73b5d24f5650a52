"""The bot of each server, where several bots share an installation."""

from typing import Final, NamedTuple

from storage.database import Transaction
from storage.engine import instance
from storage.errors import SeveralBots
from storage.records import CreatorId, DiscordId, Millis

_HOME = "application"  # the bot that was here first
_KNOWN = """INSERT INTO servers (guild_id, application_id, since)
    SELECT guild_id, :application, :now FROM (
        SELECT guild_id FROM forums UNION SELECT guild_id FROM links UNION SELECT guild_id FROM consents
    ) AS known WHERE guild_id NOT IN (SELECT guild_id FROM servers)"""
_FORUM = """(SELECT servers.application_id FROM forums JOIN servers ON servers.guild_id = forums.guild_id
         WHERE forums.creator_uuid = :whose LIMIT 1)"""
_LINK = """(SELECT servers.application_id FROM links JOIN servers ON servers.guild_id = links.guild_id
         WHERE links.creator_uuid = :whose AND links.state <> 'closed')"""
_BEFORE = """(SELECT servers.application_id FROM links JOIN servers ON servers.guild_id = links.guild_id
         WHERE links.creator_uuid = :whose ORDER BY links.created_at DESC LIMIT 1),
        (SELECT servers.application_id FROM erasure_places
           JOIN servers ON servers.guild_id = erasure_places.guild_id
         WHERE erasure_places.creator_uuid = :whose LIMIT 1)"""
# The bot that a command, or a creator's effects, belong to; `own` where nobody knows it. What is left to be
# taken away of a creator who is gone is the bot's that they were with.
WHOSE: Final = f"""COALESCE(
        (SELECT COALESCE(NULLIF(commands.application_id, 0), servers.application_id) FROM commands
           LEFT JOIN servers ON servers.guild_id = commands.guild_id WHERE commands.id = :whose),
        {_FORUM},
        {_LINK},
        {_BEFORE},
        :own)"""  # noqa: S608 - our own


class GuildAssignment(NamedTuple):
    """`home`: this bot is the one that was here first. `taken`: so many servers were `whose` until now."""

    home: bool
    taken: int = 0
    whose: int = 0


async def begin(
    tx: Transaction, application: int, *, alone: bool, replaces: int | None = None, now: Millis
) -> GuildAssignment:
    """At start: whether this bot is the one that was here first, to which all earlier servers belong.

    `alone`: no other process has the database, so all its servers must be this bot's. Those of the bot that
    it `replaces` become its own. Raises SeveralBots where some belong to others.
    """
    home = await instance.recall(tx, _HOME)
    if home is None:
        await tx.execute(_KNOWN, application=application, now=now)
        await instance.remember(tx, _HOME, str(application))
        return GuildAssignment(home=True)
    if not alone:
        return GuildAssignment(home=home == str(application))
    rows = await tx.all("SELECT DISTINCT application_id FROM servers")
    theirs = {int(row["application_id"]) for row in rows}
    if len(theirs) > 1:
        raise SeveralBots(
            "The servers of this database belong to several bots, and one process alone would speak for one "
            "of them. Start a process with --role for each of them, as docs/scaling.md says."
        )
    others = next(iter(theirs - {application}), None)
    if others not in (None, replaces):
        raise SeveralBots(
            f"The servers of this database belong to application {others}, and DISCORD_APPLICATION_ID is "
            f"{application}. Was that a mistake? Put the settings of {others} back. To give its servers to "
            f"{application}, start with: fanvue-bridge run --take-over-from {others}"
        )
    taken = await tx.execute(
        "UPDATE servers SET application_id = :application WHERE application_id <> :application",
        application=application,
    )
    await instance.remember(tx, _HOME, str(application))
    return GuildAssignment(home=True, taken=taken, whose=others or application)


async def owner(tx: Transaction, guild: DiscordId) -> int | None:
    """The bot that a server belongs to; None: it is free."""
    row = await tx.one("SELECT application_id FROM servers WHERE guild_id = :guild", guild=guild)
    return int(row["application_id"]) if row else None


async def claim(tx: Transaction, guild: DiscordId, application: int, *, now: Millis) -> int:
    """Give a server that is free to this bot; the bot that it belongs to then."""
    await tx.execute(
        """INSERT INTO servers (guild_id, application_id, since) VALUES (:guild, :application, :now)
           ON CONFLICT (guild_id) DO NOTHING""",
        guild=guild,
        application=application,
        now=now,
    )
    found = await owner(tx, guild)
    assert found is not None, "it was just written"
    return found


async def of_creator(tx: Transaction, creator: CreatorId) -> int | None:
    """The bot on whose servers a creator is connected, or has a forum; None: on nobody's."""
    row = await tx.one(f"SELECT COALESCE({_FORUM}, {_LINK}) AS application", whose=creator)
    return int(row["application"]) if row and row["application"] is not None else None


async def every(tx: Transaction) -> dict[DiscordId, int]:
    """The bot of each server that belongs to one."""
    rows = await tx.all("SELECT guild_id, application_id FROM servers")
    return {DiscordId(row["guild_id"]): int(row["application_id"]) for row in rows}
