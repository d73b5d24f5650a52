"""Tracking links: made, followed by fans, deleted."""

from bot.sandbox import witness
from bot.sandbox.fanvue.post_surroundings import TrackingLinkRecord
from bot.sandbox.fanvue.records import AccountRecord, PaymentRecord, UserId
from bot.sandbox.fanvue.state import FanvueState


def make(
    state: FanvueState, creator: UserId, name: str, platform: str, *, client_id: str | None = None
) -> TrackingLinkRecord:
    """Make a new one; names may repeat. Without `client_id`: on Fanvue's own site."""
    made = TrackingLinkRecord(state.new_id(), creator, name, platform, state.now())
    state.tracking[made.uuid] = made
    witness.note("text", name)
    state.ledger.record(
        "tracking", uuid=made.uuid, creator=creator, text=name, platform=platform, client_id=client_id
    )
    return made


def remove(state: FanvueState, link: TrackingLinkRecord, *, client_id: str | None = None) -> None:
    """It is gone; who came by it stays a fan."""
    del state.tracking[link.uuid]
    state.ledger.record("tracking.deleted", uuid=link.uuid, creator=link.creator, client_id=client_id)


def come_by(state: FanvueState, link: TrackingLinkRecord, fan: UserId) -> None:
    """A fan follows the link; they count as its user once."""
    link.clicks += 1
    link.users.setdefault(fan, state.now())


def address_of(creator: AccountRecord, link: TrackingLinkRecord) -> str:
    """The address that people open."""
    return f"https://www.fanvue.com/{creator.handle}/fv-{link.uuid[:8]}"


def told(state: FanvueState, creator: AccountRecord, fan: UserId) -> dict[str, str | None] | None:
    """The link data in a fan's events; None: they came by no link."""
    came = [link for link in state.tracking.values() if link.creator == creator.uuid and fan in link.users]
    return {"link_url": address_of(creator, came[0]), "metadata": None} if came else None


def paid_by_users(state: FanvueState, link: TrackingLinkRecord) -> list[PaymentRecord]:
    """The payments since by those who came by it."""
    return [
        payment
        for payment in state.payments.values()
        if payment.creator == link.creator
        and payment.fan in link.users
        and payment.at >= link.users[payment.fan]
    ]
