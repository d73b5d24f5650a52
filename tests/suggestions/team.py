"""Who is what in the studio's team."""

from bot.access.roles import Role
from storage import grants
from storage.records import DiscordId
from tests.posts.studio import Studio


async def grant(studio: Studio, name: str, role: Role) -> None:
    """From now on this person is that."""
    town, creator = studio.town, studio.evening.creator
    member = DiscordId(getattr(town, name).user.id)
    guild, olivia = DiscordId(town.guild.id), DiscordId(town.olivia.user.id)
    kept = grants.Kept(f"{name} {role}", creator, guild, "member", member, role, "", "", None, olivia, 0)
    await studio.database.write(lambda tx: grants.put(tx, kept))
