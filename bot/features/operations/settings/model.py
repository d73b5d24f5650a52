"""What a feature says of its settings: a row of /settings for each."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.engine.slots import Slot
from bot.model.language import msgid
from storage.database import Transaction
from storage.records import CreatorId

# Says the present value in a few words, as exactly as the permit lets its holder see it. Empty: this row is
# not for them.
SettingValue = Callable[[Transaction, Permit], Awaitable[str]]


class SettingGroup(StrEnum):
    """A page of /settings, in the order of the pages."""

    GENERAL = "general"
    INBOX = "inbox"
    PRIVACY = "privacy"
    GUARD = "guard"
    PRICES = "prices"
    MASS = "mass"
    ALERTS = "alerts"
    MONEY = "money"
    POSTS = "posts"


@dataclass(frozen=True)
class SettingWay:
    """A command that changes a setting, and which of its options a window asks for.

    `given`: options that are decided already, because the row is about one of several things. Without
    options there is no window: the command answers at once.
    """

    command: str  # as it is typed: /inbox hold
    options: tuple[str, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)
    label: str = msgid("Change")


@dataclass(frozen=True)
class SettingRow:
    """One setting. `key`: small letters and underscores, unlike every other row's."""

    key: str
    group: SettingGroup
    title: str
    value: SettingValue
    sees: Action  # who may do this reads the value; who changes it is up to the command
    ways: Sequence[SettingWay]
    first: bool = False  # on its page


SETTING_ROWS = Slot[SettingRow]("rows of /settings")


def creator_of(permit: Permit) -> CreatorId:
    """Whose setting it is."""
    assert permit.creator is not None, "a setting is about a creator"
    return permit.creator
