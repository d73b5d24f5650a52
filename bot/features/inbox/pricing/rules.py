"""Finds whom limits bind, and which make sense (pure)."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from bot.access.roles import TeamRole, TeamStanding, rank
from bot.features.inbox.pricing import texts
from bot.model.language import tr
from bot.text.reply_rules import PRICE_FLOOR
from storage.inbox.price_limits import RolePriceLimits
from storage.records import Cents

LIMITED = (TeamRole.MANAGER, TeamRole.CHATTER, TeamRole.VIEWER, TeamRole.TRAINEE)
OPEN = RolePriceLimits()


class PriceRefused(Exception):
    """Raised for limits that cannot be set; str() is the sentence for the asker."""


def binding(kept: Mapping[str, RolePriceLimits], role: str) -> RolePriceLimits:
    """The limits of an answer in this role: its own, else those of the next role above.

    A role that is not known binds like the least one. The owner, who sets them, is bound by none.
    """
    if role == TeamRole.OWNER:
        return OPEN
    own = rank(TeamRole(role)) if role in set(TeamRole) else rank(TeamRole.NONE)
    for above in sorted(LIMITED, key=rank):
        if rank(above) >= own and above in kept:
            return kept[above]
    return OPEN


def changed(held: RolePriceLimits, wanted: Mapping[str, Cents | None]) -> RolePriceLimits:
    """`held` with what is named in `wanted`. Raises PriceRefused for what would allow no price."""
    limits = replace(held, **wanted)
    named = {what: cents for what, cents in asdict(limits).items() if cents is not None}
    if any(cents < PRICE_FLOOR for cents in named.values()):
        raise PriceRefused(texts.too_low())
    if _crossed(limits.floor, limits.ceiling) or _crossed(limits.usual_from, limits.usual_to):
        raise PriceRefused(tr(texts.CROSSED))
    for usual in (limits.usual_from, limits.usual_to):
        if _crossed(limits.floor, usual) or _crossed(usual, limits.ceiling):
            raise PriceRefused(tr(texts.USUAL_OUTSIDE))
    return limits


def may_limit(by: TeamStanding | None, role: TeamRole) -> bool:
    """Nobody sets limits for their equals or above; the owner sets all."""
    return by is not None and role in LIMITED and rank(role) < rank(by.role)


def _crossed(lower: Cents | None, upper: Cents | None) -> bool:
    return lower is not None and upper is not None and lower > upper
