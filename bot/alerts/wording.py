"""What an alert says: neutral enough for a lock screen, exact where it counts (pure)."""

from bot.relay import render
from bot.relay.events import Event, Followed, MoneyBack, Paid, Person, Subscribed
from bot.relay.ports import Button, Post

GOOD = 0x2E9E6B
QUIET = 0x6B7280
BAD = 0xB4453C

_BOUGHT = {
    "tip": "A tip",
    "message": "A paid message was opened",
    "post": "A post was bought",
    "subscription": "A subscription was paid",
    "renewal": "A renewal was paid",
    "media_link": "A media link was bought",
}
_REASONS = {
    "not_renewed": "not renewed",
    "payment_failed": "the payment failed",
    "user_banned": "the fan was banned",
}


def announce(event: Event, ref: str) -> Post | None:
    """The alert for an event, or None where nobody needs to be told. `ref` finds the post again."""
    match event:
        case Subscribed():
            title, lines, accent = _subscription(event)
        case Followed():
            title, lines, accent = "New follower", [_who(event.fan)], QUIET
        case Paid():
            title = _BOUGHT.get(event.source, "A payment came in")
            amount = f"**{render.money(event.gross)}**" if event.gross is not None else "amount not told"
            lines, accent = [f"{amount} from {_who(event.fan)}"], GOOD
        case MoneyBack():
            title = "A payment was disputed" if event.what == "dispute" else "A payment was refunded"
            amount = f"**{render.money(-event.amount)}**" if event.amount is not None else "amount not told"
            lines, accent = [f"{amount}, {_who(event.fan)}"], BAD
        case _:
            return None
    return Post(
        title=title,
        body=tuple(lines),
        small=f"<t:{event.at // 1000}:f>",
        accent=accent,
        buttons=(Button("chat.open", ref, "Open the chat"),) if event.fan else (),
    )


def _subscription(event: Subscribed) -> tuple[str, list[str], int]:
    until = f" until <t:{event.expires_at // 1000}:D>" if event.expires_at else ""
    match event.change:
        case "activated":
            return "New subscriber", [f"{_who(event.fan)}{until}"], GOOD
        case "renewed":
            return "Subscription renewed", [f"{_who(event.fan)}{until}"], GOOD
        case "deactivated":
            why = _REASONS.get(event.reason or "")
            return "Subscription ended", [_who(event.fan) + (f": {why}" if why else "")], QUIET
        case _:
            switched = "on again" if event.renews else "off"
            return f"Renewal switched {switched}", [f"{_who(event.fan)}{until}"], QUIET


def _who(person: Person | None) -> str:
    if person is None:
        return "a fan Fanvue did not name"
    name = person.display_name or person.handle
    if name is None:
        return f"fan {person.id[:4]}"
    handle = f" @{render.safe(person.handle)}" if person.handle else ""
    return f"{render.safe(name[:80])}{handle} · {person.id[:4]}"
