"""The state of one Fanvue: people, messages, payments and grants."""

import random
import string
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox import witness
from bot.sandbox.fanvue.ledger import FanvueLedger
from bot.sandbox.fanvue.post_surroundings import PostSurroundings, TrackingLinkRecord
from bot.sandbox.fanvue.pulse import ChangePulse
from bot.sandbox.fanvue.records import (
    AccountRecord,
    CustomListRecord,
    DeveloperApp,
    FanBond,
    ListId,
    MassMessageRecord,
    MediaId,
    MediaRecord,
    MessageId,
    MessageRecord,
    PaymentId,
    PaymentRecord,
    PostId,
    PostRecord,
    SubscriptionChangeRecord,
    UserId,
    WebhookHook,
)
from bot.sandbox.fanvue.switches import FanvueSwitches
from bot.sandbox.fanvue.vault import ServedFile, VaultFolder, VaultUploadRecord

_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class WebhookEvent:
    """Something that a webhook tells; the id is the same on every delivery of it."""

    id: str
    type: str
    creator: UserId
    at: datetime
    data: dict[str, Any]


class FanvueState:
    """Everything that is true in this Fanvue; deeds change it, routes show it."""

    def __init__(self, now: Callable[[], datetime], rng: random.Random, switches: FanvueSwitches) -> None:
        self._clock = now
        self._rng = rng
        self.switches = switches
        self.pulse = ChangePulse()
        self.ledger = FanvueLedger(self.now, self.pulse.beat)
        self.base_url = ""
        self.accounts: dict[UserId, AccountRecord] = {}
        self.bonds: dict[tuple[UserId, UserId], FanBond] = {}
        self.messages: dict[MessageId, MessageRecord] = {}
        self.media: dict[MediaId, MediaRecord] = {}
        self.folders: dict[tuple[UserId, str], VaultFolder] = {}
        self.uploads: dict[str, VaultUploadRecord] = {}
        self.processing: dict[MediaId, datetime] = {}  # until when Fanvue works on a file
        self.lacking: dict[MediaId, frozenset[str]] = {}  # forms that were never made of a file
        # What the address of a file gives instead of its picture, for as long as it stands here.
        self.served: dict[MediaId, ServedFile] = {}
        self.faceless: set[UserId] = set()  # whose profile has no picture
        self.posts: dict[PostId, PostRecord] = {}
        self.pinned: set[PostId] = set()
        self.below = PostSurroundings()
        self.tracking: dict[str, TrackingLinkRecord] = {}
        self.mass_messages: dict[MessageId, MassMessageRecord] = {}
        self.lists: dict[ListId, CustomListRecord] = {}
        self.payments: dict[PaymentId, PaymentRecord] = {}
        self.paying: set[tuple[UserId, UserId]] = set()  # creator and fan: there are payments
        self.subscription_changes: list[SubscriptionChangeRecord] = []
        self.apps: dict[str, DeveloperApp] = {}
        self.hooks: dict[str, WebhookHook] = {}
        # The earnings summary that Fanvue keeps for ten minutes: by question, with the time of its end.
        self.summaries: dict[tuple[str, ...], tuple[datetime, dict[str, Any]]] = {}
        self.listeners: list[Callable[[WebhookEvent], None]] = []

    def now(self) -> datetime:
        """The time in whole milliseconds, as Fanvue writes it."""
        moment = self._clock()
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def new_id(self) -> str:
        return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))

    def new_secret(self, length: int = 43) -> str:
        made = "".join(self._rng.choices(_LETTERS, k=length))
        witness.note("token", made)
        return made

    def new_payment_id(self) -> PaymentId:
        return PaymentId(f"FV-{100001 + len(self.payments)}")

    def emit(self, kind: str, creator: UserId, data: dict[str, Any]) -> WebhookEvent:
        """Tell the listeners (the webhook post room) and wake everyone who waits."""
        event = WebhookEvent(self.new_id(), kind, creator, self.now(), data)
        self.ledger.record("event", id=event.id, type=kind, creator=creator, data=data)
        for listener in self.listeners:
            listener(event)
        return event

    def bonds_of(self, creator: UserId) -> list[FanBond]:
        return [bond for (owner, _), bond in self.bonds.items() if owner == creator]

    def payments_of(self, creator: UserId, fan: UserId | None = None) -> list[PaymentRecord]:
        """The payments to this creator (by this fan), reversals included, oldest first."""
        return [
            payment
            for payment in self.payments.values()
            if payment.creator == creator and (fan is None or payment.fan == fan)
        ]

    def spent(self, bond: FanBond) -> int:
        """Gross cents that this fan paid this creator and did not get back."""
        if (bond.creator.uuid, bond.fan.uuid) not in self.paying:
            return 0
        return sum(payment.gross for payment in self.payments_of(bond.creator.uuid, bond.fan.uuid))
