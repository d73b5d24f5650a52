"""Texts about price limits (pure)."""

from collections.abc import Mapping

from bot.access.roles import TeamRole
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.render import money
from bot.text.reply_rules import PRICE_FLOOR
from bot.text.safe_text import safe
from storage.inbox.price_limits import RolePriceLimits
from storage.records import Cents

_TOO_LOW = msgid("Fanvue's lowest price is {lowest}, so no limit can be lower. No changes made.")
CROSSED = msgid("The lower end is above the upper one. Check both numbers; no changes made.")
USUAL_OUTSIDE = msgid("The usual price must be between floor and ceiling. No changes made.")
NOT_YOURS = msgid("You can only set limits for roles below your own. No changes made: ask the owner.")
OVER = msgid("This has expired or was already answered. Run /money price limits again.")
OVERTAKEN = msgid(
    "Someone else changed these limits, so yours were not saved. Run /money price limits again."
)
LEFT = msgid("No changes made.")
_NONE = msgid("no limits")
_EVERYWHERE = msgid("No limits are set here. Fanvue's own lowest price applies to everyone: {lowest}")


def too_low() -> str:
    """A limit below what Fanvue allows."""
    return tr(_TOO_LOW, lowest=money(PRICE_FLOOR))


def too_cheap(price: Cents, floor: Cents) -> str:
    """Say why it was kept back."""
    return tr(
        "{price} is below your floor for this creator, {floor}. Not sent: press Edit to "
        "change the price, or ask a lead to send it.",
        price=money(price),
        floor=money(floor),
    )


def too_dear(price: Cents, ceiling: Cents) -> str:
    return tr(
        "{price} is above your ceiling for this creator, {ceiling}. Not sent: press Edit to "
        "change the price, or ask a lead to send it.",
        price=money(price),
        ceiling=money(ceiling),
    )


def waits(price: Cents, ceiling: Cents) -> str:
    """Tell both why a lead decides."""
    return tr("{price} is above the author's ceiling, {ceiling}.", price=money(price), ceiling=money(ceiling))


def too_dear_for_lead(price: Cents, ceiling: Cents) -> str:
    """Say why this lead cannot approve."""
    return tr(
        "{price} is above your own ceiling for this creator, {ceiling}: press Edit to change "
        "the price, or leave it to someone who may ask more.",
        price=money(price),
        ceiling=money(ceiling),
    )


def hint(limits: RolePriceLimits) -> str | None:
    """The hint below the price field; at most 100 characters. None: nothing is known."""
    usual = _between(limits.usual_from, limits.usual_to)
    own = _between(limits.floor, limits.ceiling)
    said = [
        tr("Usually {usual} here.", usual=usual) if usual else "",
        tr("You may ask {own}.", own=own) if own else "",
    ]
    words = " ".join(filter(None, said))
    return tr("For media only. {words}", words=words) if words else None


def shown(kept: Mapping[str, RolePriceLimits], handle: str, own: RolePriceLimits, role: TeamRole) -> Post:
    """All limits of a creator on a server, and those on the asker."""
    lines = [f"- **{tr(name)}**: {in_words(limits)}" for name, limits in kept.items()]
    lines = lines or [tr(_EVERYWHERE, lowest=money(PRICE_FLOOR))]
    yours = (
        tr("You're the owner – no limits apply to you")
        if role is TeamRole.OWNER
        else tr("You are a {role}: {limits}", role=tr(role), limits=in_words(own))
    )
    return Post(
        title=tr("Prices of @{handle}", handle=safe(handle)),
        body=("\n".join(lines),),
        small=tr("{yours}. A role without its own limits has those of the next higher role.", yours=yours),
    )


def question(role: TeamRole, held: RolePriceLimits, wanted: RolePriceLimits, draft: str) -> Post:
    """The limits now and wanted, and the two buttons."""
    return Post(
        title=tr("Prices of the role {role}", role=tr(role)),
        body=(tr("Now: {now}\nThen: {then}", now=in_words(held), then=in_words(wanted)),),
        small=tr("Applies immediately to all priced replies on this server."),
        buttons=(
            Button("price.yes", draft, tr("Yes, set it"), "danger"),
            Button("price.no", draft, tr("No, leave it")),
        ),
    )


def as_it_is(role: TeamRole, held: RolePriceLimits) -> Post:
    return Post(
        body=(
            tr(
                "{role}: {limits}. Add a floor, a ceiling or a usual price to change it.",
                role=tr(role),
                limits=in_words(held),
            ),
        )
    )


def done(role: TeamRole, limits: RolePriceLimits) -> str:
    return tr("Done. {role}: {limits}.", role=tr(role), limits=in_words(limits))


def in_words(limits: RolePriceLimits) -> str:
    """Limits as people read them."""
    own = _between(limits.floor, limits.ceiling)
    usual = _between(limits.usual_from, limits.usual_to)
    return "; ".join(filter(None, [own, tr("usually {usual}", usual=usual) if usual else ""])) or tr(_NONE)


def _between(lower: Cents | None, upper: Cents | None) -> str:
    if lower is not None and upper is not None:
        return (
            money(lower)
            if lower == upper
            else tr("{lower} to {upper}", lower=money(lower), upper=money(upper))
        )
    if lower is not None:
        return tr("{lower} or more", lower=money(lower))
    return tr("up to {upper}", upper=money(upper)) if upper is not None else ""
