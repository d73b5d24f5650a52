"""Who drafted what a person sent, and how much of it that person changed."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.model.ports import MessageToFan
from storage.records import DiscordId, DraftId

TEXT, MEDIA, PRICE, PREVIEW = "text", "media", "price", "preview"  # the parts that can be changed
_LITTLE: Final = 50  # percent of the words: with fewer it is another text


class DraftSourceKind(StrEnum):
    """Who can draft beside people."""

    KEY = "key"  # a program, with this key
    ENGINE = "engine"  # an engine of the bridge's own
    PAGE = "page"  # a member, on the web page


@dataclass(frozen=True)
class DraftSource:
    """Who drafted. `id`: of the key, the engine or the member; `name`: what people called it at that time."""

    kind: DraftSourceKind
    id: str
    name: str

    @classmethod
    def of_key(cls, key: str, name: str) -> "DraftSource":
        """A program that wrote with a key."""
        return cls(DraftSourceKind.KEY, key, name)

    @classmethod
    def of_engine(cls, name: str) -> "DraftSource":
        """An engine of the bridge's own."""
        return cls(DraftSourceKind.ENGINE, name, name)

    @classmethod
    def of_page(cls, member: DiscordId) -> "DraftSource":
        """A member who planned it on the web page."""
        return cls(DraftSourceKind.PAGE, str(member), str(member))

    @property
    def key(self) -> str:
        """The key's id; '' for all others, which have none."""
        return self.id if self.kind is DraftSourceKind.KEY else ""


@dataclass(frozen=True)
class ReplyDraft:
    """What was drafted, as its fan would have read it; `message` is None where that is not kept.

    `original`: a person's own words, of which it is the translation.
    """

    id: DraftId
    source: DraftSource
    message: MessageToFan | None
    original: str | None = None


class DraftKind(StrEnum):
    """What a program drafts, as programs name it."""

    REPLY = "reply"
    MASS_MESSAGE = "mass_message"
    POST = "post"
    TEMPLATE = "template"


class DraftUse(StrEnum):
    """What a person did with a draft."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    REWRITTEN = "rewritten"


@dataclass(frozen=True)
class DraftChange:
    """What a person changed. `kept`: the percentage of words that both texts have; `parts`: what differs."""

    kept: int
    parts: tuple[str, ...] = ()

    @property
    def use(self) -> DraftUse:
        """In one word."""
        if not self.parts:
            return DraftUse.UNCHANGED
        return DraftUse.REWRITTEN if TEXT in self.parts and self.kept < _LITTLE else DraftUse.EDITED


@dataclass(frozen=True)
class DraftMark:
    """What is kept with whatever was sent: no text. `change`: None where the draft's text was gone by then.

    `by`: who sent it; `editor`: who changed it after that, where somebody else did. `rule`: nobody pressed,
    a rule of `by` sent it.
    """

    draft: DraftId
    source: DraftSource
    change: DraftChange | None
    by: DiscordId
    editor: DiscordId | None = None
    rule: bool = False

    def packed(self) -> str:
        """As it is kept; ids of people are strings, as everywhere in JSON."""
        source, change = self.source, self.change
        told: dict[str, Any] = {"draft": self.draft, source.kind.value: source.id, "name": source.name}
        if change is not None:
            told |= {"kept": change.kept, "changed": list(change.parts)}
        told["by"] = str(self.by)
        if self.editor is not None:
            told["editor"] = str(self.editor)
        if self.rule:
            told["rule"] = True
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def mark_of(packed: str | None) -> DraftMark | None:
    """The same read back; None where there is none, or one that this version does not know."""
    try:
        told = json.loads(packed or "{}")
        kind = next(one for one in DraftSourceKind if one in told)
        change = DraftChange(told["kept"], tuple(told["changed"])) if "kept" in told else None
        editor = DiscordId(int(told["editor"])) if "editor" in told else None
        source = DraftSource(kind, told[kind], told["name"])
        by, rule = DiscordId(int(told["by"])), told.get("rule") is True
        return DraftMark(DraftId(told["draft"]), source, change, by, editor, rule)
    except (ValueError, KeyError, TypeError, StopIteration):
        return None
