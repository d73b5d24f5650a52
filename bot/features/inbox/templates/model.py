"""What a template's window has in it (pure)."""

from dataclasses import dataclass

from bot.model.ports import MessageToFan
from storage.records import DraftId


@dataclass(frozen=True)
class DraftedTemplate:
    """A template that a program drafted; `ref`: the draft that is taken with it."""

    ref: DraftId
    name: str
    message: MessageToFan


@dataclass(frozen=True)
class TemplateWindowContent:
    """A window for a template: its name, and its message."""

    ref: DraftId
    name: str = ""
    message: MessageToFan | None = None
    shared: bool = False
