"""A member's draft so far, as it was typed, and as JSON (pure)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.engine.input_windows import InputWindowHolder
from bot.features.publishing.mass_messages.audience import FanList
from bot.features.publishing.picker.model import IncomingFiles, files_of
from bot.text.typed_times import NotATime, read_time
from storage.records import DraftId, Millis

PREVIEWS = 20  # of the newest it is known whether they were confirmed


@dataclass(frozen=True)
class DraftStep:
    """A member, and whose draft they act on; `ref`: under which message. '' for a command."""

    holder: InputWindowHolder
    handle: str
    ref: DraftId


@dataclass(frozen=True)
class DraftList:
    """A list of fans, by the name that it had when it was chosen."""

    kind: str
    id: str
    name: str

    @property
    def value(self) -> str:
        """Its value in a list to choose from."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class DraftInput:
    """The input of the command, as it was typed."""

    text: str = ""
    price: str = ""
    media: str = ""
    preview: str = ""
    to: str = ""
    without: str = ""
    when: str = ""
    template: str = ""


@dataclass(frozen=True)
class DraftContent:
    """All of it. Input that cannot be taken yet is kept as well: its author changes it, and loses nothing."""

    to: tuple[DraftList, ...] = ()
    without: tuple[DraftList, ...] = ()
    leave: tuple[str, ...] = ()  # which fans are left out, whatever list they are on
    text: str = ""
    price: str = ""
    media: str = ""
    preview: str = ""
    when: str = ""
    at: Millis | None = None  # what `when` meant at the moment at which it was typed
    wrong: str = ""  # why `when` meant nothing
    sought_to: str = ""  # names of lists that were not found
    sought_without: str = ""
    template: str = ""  # from which text, media and price were filled in, however they were changed since
    previews: tuple[tuple[str, int], ...] = ()  # presses that asked for a preview, and of which version
    waits: DraftInput | None = None  # came with a command while there was this already
    drafted: Mapping[str, Any] | None = None  # whose draft it was begun with (`bot.relay.carried_drafts`)
    waits_drafted: Mapping[str, Any] | None = None  # the same of what waits
    shelf: Mapping[str, Any] | None = None  # the page of the vault that its picker shows
    files: IncomingFiles = field(default_factory=IncomingFiles)  # on their way to the vault for it

    @property
    def empty(self) -> bool:
        """Whether nothing would be lost with it."""
        beside = replace(self, previews=(), waits=None, shelf=None, drafted=None, waits_drafted=None)
        return beside == DraftContent()


def packed(content: DraftContent) -> bytes:
    return json.dumps(asdict(content)).encode()


def unpacked(body: bytes) -> DraftContent:
    found: dict[str, Any] = json.loads(body)
    known = {one.name for one in fields(DraftContent)}
    found = {name: value for name, value in found.items() if name in known}
    waits = found.get("waits")
    return DraftContent(
        **{
            **found,
            "to": tuple(DraftList(**one) for one in found.get("to", ())),
            "without": tuple(DraftList(**one) for one in found.get("without", ())),
            "leave": tuple(found.get("leave", ())),
            "previews": tuple((str(press), int(version)) for press, version in found.get("previews", ())),
            "waits": None if waits is None else DraftInput(**waits),
            "files": files_of(found.get("files")),
        }
    )


def timed(content: DraftContent, typed: str, now: Millis, zone: ZoneInfo) -> DraftContent:
    """With this time; it is read once, because “tomorrow” is another day tomorrow."""
    try:
        at = read_time(typed, now, zone)
    except NotATime as wrong:
        return replace(content, when=typed.strip(), at=None, wrong=str(wrong))
    return replace(content, when=typed.strip() if at is not None else "", at=at, wrong="")


def begun(typed: DraftInput, now: Millis, zone: ZoneInfo) -> DraftContent:
    """A new one, with what came along with the command."""
    content = DraftContent(
        text=typed.text,
        price=typed.price,
        media=typed.media,
        preview=typed.preview,
        sought_to=typed.to,
        sought_without=typed.without,
        template=typed.template,
    )
    return timed(content, typed.when, now, zone)


def previewed(content: DraftContent, interaction: str, version: int) -> DraftContent:
    """With one more press that asked for its preview."""
    return replace(content, previews=(*content.previews, (interaction, version))[-PREVIEWS:])


def named(one: FanList) -> DraftList:
    """A list of Fanvue's, as it is kept."""
    return DraftList(one.kind, one.id, one.name)
