"""A member signs a creator in again for its owner, who stays the owner."""

from bot.access.permits import Actor, standing_of
from bot.access.roles import Permission
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.text.safe_text import safe
from storage.database import Transaction
from storage.people import creators, pending_links
from storage.records import DiscordId, Link, LinkKind, LinkState


async def may_renew(tx: Transaction, link: Link, pending: pending_links.PendingLink) -> bool:
    """Whether this person may: granted to them personally, and only while Fanvue asks for a new sign-in."""
    needed = link.state is LinkState.RELINK_REQUIRED and link.kind is LinkKind.OWN
    if not needed or link.discord_user == pending.discord_user or pending.kind is not LinkKind.OWN:
        return False
    # Without roles: whoever hands them out on the server must not be able to hand out this.
    held = await standing_of(tx, Actor(pending.discord_user, pending.guild), link.creator)
    return held is not None and Permission.RELINK in held.permissions


async def renewed_for(tx: Transaction, pending: pending_links.PendingLink) -> DiscordId | None:
    """The owner for whom this person would sign the account in again; None: not for anybody else."""
    there = await creators.open_link(tx, pending.creator)
    return there.discord_user if there is not None and await may_renew(tx, there, pending) else None


def whose(owner: DiscordId) -> str:
    """A sentence for the last question (pure)."""
    return tr(
        "It belongs to <@{owner}>, who remains the owner: you only sign it in again, because "
        "Fanvue asks for that. Press Yes only if they want you to.",
        owner=owner,
    )


def told(link: Link, by: DiscordId) -> Post:
    """The private message to the owner (pure)."""
    return Post(
        title=tr("Your Fanvue account was signed in again"),
        body=(
            tr(
                "<@{by}> signed **@{handle}** in again for you, as you allowed with /team grant.",
                by=by,
                handle=safe(link.handle),
            ),
            tr("You are still the owner, and nothing else has changed."),
            tr("If you didn't want that, disconnect it here and change your password on Fanvue."),
        ),
        buttons=(Button("unlink.ask", link.id, tr("Disconnect …"), "danger"),),
    )
