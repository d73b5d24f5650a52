"""What is being put together, and the page of a vault beside it (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.access.permits import Permit
from bot.model.ports import MessageToFan
from storage.records import Cents, CommandId, DiscordId, DraftId, FanId, Link, MediaId, Millis, TemplateId

ON_A_PAGE = 10  # one gallery of Discord's
MOST = 25  # items of one message, as many as a template holds


@dataclass(frozen=True)
class PickerShelf:
    """The page of a vault that a picker shows."""

    folder: str | None = None
    words: str = ""
    page: int = 0
    items: tuple[MediaId, ...] = ()  # on the page, in the order of their numbers
    ref: str = ""  # of this page: a number pressed under another one counts for nothing


def shelf_of(packed: Mapping[str, Any] | None) -> PickerShelf:
    """The shelf that `asdict` packed; the first page of all where nothing is packed."""
    if not packed:
        return PickerShelf()
    return PickerShelf(**{**packed, "items": tuple(MediaId(one) for one in packed.get("items", ()))})


@dataclass(frozen=True)
class IncomingFiles:
    """Files on their way to the vault for what is put together."""

    commands: tuple[CommandId, ...] = ()  # that brought them
    taken: tuple[str, ...] = ()  # uploads of these that have ended, and count no second time

    def __bool__(self) -> bool:
        return bool(self.commands)

    def adding(self, command: CommandId) -> "IncomingFiles":
        return IncomingFiles((*self.commands, command), self.taken)


def files_of(packed: Mapping[str, Any] | None) -> IncomingFiles:
    """The files that `asdict` packed; none where nothing is packed."""
    if not packed:
        return IncomingFiles()
    return IncomingFiles(tuple(map(CommandId, packed["commands"])), tuple(packed["taken"]))


@dataclass(frozen=True)
class PickedMessage:
    """A message so far. `ref`: what the buttons of its next picker carry."""

    ref: DraftId
    message: MessageToFan
    shelf: PickerShelf = field(default_factory=PickerShelf)
    files: IncomingFiles = field(default_factory=IncomingFiles)
    fan: FanId | None = None  # None: many read it
    template: TemplateId | None = None  # the bundle that was taken last
    waits: int = 0  # of its files are on their way still
    note: str = ""  # what its author should know of them
    fresh: bool = False  # files have come in with this step
    later: Millis | None = None  # when it leaves, once it is sent; None: at once


@dataclass(frozen=True)
class PickerStep:
    """Who presses, where, and about which message; `adult`: pictures may be shown there."""

    ref: DraftId
    actor: DiscordId
    guild: DiscordId
    channel: DiscordId
    permit: Permit
    link: Link  # through which the vault is read
    adult: bool
    prices: bool = True  # whether they may set one
    uploads: bool = False  # whether they may put files into the vault
    presets: tuple[Cents, ...] = ()


Change = Callable[[PickedMessage], PickedMessage]


@dataclass(frozen=True)
class PickerBundle:
    """A saved set of items, with its price and text as they would be sent."""

    template: TemplateId
    name: str
    message: MessageToFan
