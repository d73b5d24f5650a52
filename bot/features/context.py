"""The context in which a feature is built."""

import random
from dataclasses import dataclass, field
from typing import TypeVar

import aiohttp

from bot.engine.catch_up_hold import CatchUpHold
from bot.engine.dispatch import StreamDriver
from bot.engine.failpoints import Failpoints
from bot.engine.listeners import Listeners
from bot.engine.metrics import BridgeMetrics
from bot.engine.slots import Slot
from bot.fanvue.client import FanvueClient
from bot.features.contract import BuiltFeatures
from bot.features.inbox.conversations.changes import ConversationChanges
from bot.features.people.accounts.keyring import Keyring
from bot.model.acting_account import ActingAccountChooser, Identity
from bot.relay.context import Context
from bot.settings.model import Settings

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class FeatureContext(Context):
    """The ground of all features, Fanvue, and the features that are built already."""

    dispatch: StreamDriver
    settings: Settings
    keyring: Keyring
    points: Failpoints
    metrics: BridgeMetrics
    rng: random.Random
    changes: ConversationChanges
    listeners: Listeners
    fanvue: FanvueClient
    identity: Identity  # whose account speaks for a creator
    accounts: ActingAccountChooser  # through which account a member acts
    catching_up: CatchUpHold | None  # of several processes; None: of this one
    session: aiohttp.ClientSession  # speaks to Discord's store of files
    built: BuiltFeatures = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "built", BuiltFeatures(self.listeners))

    def get(self, kind: type[T]) -> T:
        """The service of another feature. Raises NotBuilt when it is not built yet."""
        return self.built.get(kind)

    def brought(self, slot: Slot[T], reader: str) -> list[T]:
        """Everything that other features bring for this slot of the reader's."""
        return self.built.brought(slot, reader)
