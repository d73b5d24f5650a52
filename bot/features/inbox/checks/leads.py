"""Whether somebody else may approve for a creator on a server."""

from bot.access.permits import grant_of
from bot.access.roles import Permission
from storage.database import Transaction
from storage.people import consents, creators, grants
from storage.records import CreatorId, DiscordId, LinkKind


async def is_led(tx: Transaction, creator: CreatorId, guild: DiscordId, *, but: DiscordId) -> bool:
    """Whether somebody else than this member may approve; who has a Discord role is not known here."""
    link = await creators.open_link(tx, creator)
    if link is not None and link.kind is not LinkKind.MEMBER and link.discord_user != but:
        return True
    if not await consents.both(tx, creator, guild):
        return False
    found = [grant_of(row) for row in await grants.of_creator(tx, creator, guild)]
    return any(
        Permission.APPROVE in grant.permissions and (grant.kind, grant.subject) != ("member", but)
        for grant in found
    )
