"""Texts about price limits (pure)."""

from collections.abc import Mapping

from bot.access.roles import TeamRole
from bot.model.ports import Button, Post
from bot.text.render import money
from bot.text.reply_rules import PRICE_FLOOR
from bot.text.safe_text import safe
from storage.inbox.price_limits import RolePriceLimits
from storage.records import Cents

TOO_LOW = f"Fanvue's lowest price is {money(PRICE_FLOOR)}, so no limit can be lower. No changes made."
CROSSED = "The lower end is above the upper one. Check both numbers; no changes made."
USUAL_OUTSIDE = "The usual price must be between floor and ceiling. No changes made."
NOT_YOURS = "You can only set limits for roles below your own. No changes made: ask the owner."
OVER = "This has expired or was already answered. Run /money price limits again."
OVERTAKEN = "Someone else changed these limits, so yours were not saved. Run /money price limits again."
LEFT = "No changes made."
_NONE = "no limits"
_EVERYWHERE = "No limits are set here. Fanvue's own lowest price applies to everyone: " + money(PRICE_FLOOR)


def too_cheap(price: Cents, floor: Cents) -> str:
    """Say why it was kept back."""
    return (
        f"{money(price)} is below your floor for this creator, {money(floor)}. Not sent: press "
        "Edit to change the price, or ask a lead to send it."
    )


def too_dear(price: Cents, ceiling: Cents) -> str:
    return (
        f"{money(price)} is above your ceiling for this creator, {money(ceiling)}. Not sent: "
        "press Edit to change the price, or ask a lead to send it."
    )


def waits(price: Cents, ceiling: Cents) -> str:
    """Tell both why a lead decides."""
    return f"{money(price)} is above the author's ceiling, {money(ceiling)}."


def too_dear_for_lead(price: Cents, ceiling: Cents) -> str:
    """Say why this lead cannot approve."""
    return (
        f"{money(price)} is above your own ceiling for this creator, {money(ceiling)}: press "
        "Edit to change the price, or leave it to someone who may ask more."
    )


def hint(limits: RolePriceLimits) -> str | None:
    """The hint below the price field; at most 100 characters. None: nothing is known."""
    usual = _between(limits.usual_from, limits.usual_to)
    own = _between(limits.floor, limits.ceiling)
    said = [f"Usually {usual} here." if usual else "", f"You may ask {own}." if own else ""]
    words = " ".join(filter(None, said))
    return f"For media only. {words}" if words else None


def shown(kept: Mapping[str, RolePriceLimits], handle: str, own: RolePriceLimits, role: TeamRole) -> Post:
    """All limits of a creator on a server, and those on the asker."""
    lines = [f"- **{name}**: {in_words(limits)}" for name, limits in kept.items()] or [_EVERYWHERE]
    yours = (
        "You're the owner – no limits apply to you"
        if role is TeamRole.OWNER
        else f"You are a {role}: {in_words(own)}"
    )
    return Post(
        title=f"Prices of @{safe(handle)}",
        body=("\n".join(lines),),
        small=f"{yours}. A role without its own limits has those of the next higher role.",
    )


def question(role: TeamRole, held: RolePriceLimits, wanted: RolePriceLimits, draft: str) -> Post:
    """The limits now and wanted, and the two buttons."""
    return Post(
        title=f"Prices of the role {role}",
        body=(f"Now: {in_words(held)}\nThen: {in_words(wanted)}",),
        small="Applies immediately to all priced replies on this server.",
        buttons=(
            Button("price.yes", draft, "Yes, set it", "danger"),
            Button("price.no", draft, "No, leave it"),
        ),
    )


def as_it_is(role: TeamRole, held: RolePriceLimits) -> Post:
    return Post(body=(f"{role}: {in_words(held)}. Add a floor, a ceiling or a usual price to change it.",))


def done(role: TeamRole, limits: RolePriceLimits) -> str:
    return f"Done. {role}: {in_words(limits)}."


def in_words(limits: RolePriceLimits) -> str:
    """Limits as people read them."""
    own = _between(limits.floor, limits.ceiling)
    usual = _between(limits.usual_from, limits.usual_to)
    return "; ".join(filter(None, [own, f"usually {usual}" if usual else ""])) or _NONE


def _between(lower: Cents | None, upper: Cents | None) -> str:
    if lower is not None and upper is not None:
        return money(lower) if lower == upper else f"{money(lower)} to {money(upper)}"
    if lower is not None:
        return f"{money(lower)} or more"
    return f"up to {money(upper)}" if upper is not None else ""
