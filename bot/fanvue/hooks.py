"""The live events the bridge needs, and the scope of each."""

from collections.abc import Mapping
from types import MappingProxyType

# Fanvue's name → our word (see `bot.relay.inbox_processor.heard_as`), and the scope (contract README, section
# 13).
EVENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "creator.message.received": ("message.received", "read:chat"),
        "creator.message.sent": ("message.sent", "read:chat"),
        "creator.message.deleted": ("message.deleted", "read:chat"),
        "creator.message.read": ("chat.read", "read:chat"),
        "creator.message.reaction": ("reaction", "read:chat"),
        "creator.follow.created": ("follow", "read:creator"),
        "creator.subscription.activated": ("subscription.activated", "read:creator"),
        "creator.subscription.renewed": ("subscription.renewed", "read:creator"),
        "creator.subscription.deactivated": ("subscription.deactivated", "read:creator"),
        "creator.subscription.cancel_at_period_end_changed": (
            "subscription.renewal_changed",
            "read:creator",
        ),
        "creator.payment.succeeded": ("payment", "read:creator"),
        "creator.refund.created": ("refund", "read:creator"),
        "creator.dispute.created": ("dispute", "read:creator"),
    }
)
