"""Text typed for a fan: read from its interaction, handed back to its writer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.discord.message_bodies import AnswerFile
from bot.model.language import msgid, tr, tr_many
from bot.model.ports import Post
from bot.relay.reply_gate import EDIT
from bot.text.rejected_input import RejectedInput, given_back

# Of leads, too.
_WINDOWS = (
    "v1:reply:",
    f"v1:{EDIT}:",
    "v1:review.",
    "v1:compose.",
    "v1:suggest.",
    "v1:pick.",
    "v1:assistant.",
)
_COMMAND = "reply"
TICKED = "true"  # what a ticked checkbox is among the fields of a window
_BEGINNING = msgid("Discord did not accept the file. This is only its beginning.")
_NAMES = (
    ("price", msgid("Price")),
    ("audience", msgid("Who sees it")),
    ("when", msgid("When")),
    ("expires", msgid("Expires")),
)


@dataclass(frozen=True)
class WindowFile:
    """A file that somebody put into a window, as Discord describes it; it lies at Discord."""

    filename: str
    url: str
    size: int  # bytes
    content_type: str | None


def fields(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The fields of a window that was sent: custom id and value, as text.

    A checkbox is `TICKED` or empty, a group of radio buttons the chosen value or empty. What holds
    several (checkboxes, a list) has one value in each line; of files those are ids: see `files_in`.
    """
    for component in components:
        if "value" in component:
            yield component["custom_id"], _as_text(component["value"])
        elif "values" in component:
            yield component["custom_id"], "\n".join(map(str, component["values"]))
        yield from fields(component.get("components", ()))
        if "component" in component:
            yield from fields((component["component"],))


def files_in(asked: discord.Interaction[Any], field: str) -> tuple[WindowFile, ...]:
    """The files that were put into this field of the window, in their order; empty if there are none."""
    data: Mapping[str, Any] = asked.data or {}
    resolved: Mapping[str, Any] = data.get("resolved") or {}
    known: Mapping[str, Mapping[str, Any]] = resolved.get("attachments") or {}
    ids = dict(fields(data.get("components", ()))).get(field, "").split()
    return tuple(
        WindowFile(one["filename"], one["url"], int(one["size"]), one.get("content_type"))
        for one in (known[number] for number in ids if number in known)
    )


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return TICKED if value else ""
    return "" if value is None else str(value)


def typed_in(asked: discord.Interaction[Any]) -> str:
    """All that stands in the reply that this interaction brought; '' if it brought none."""
    typed = _typed(asked)
    offer = [f"{tr(title)}: {typed[name]}" for name, title in _NAMES if typed.get(name)]
    if items := len((typed.get("media") or "").replace(",", " ").split()):
        offer.append(
            tr_many(
                "Media: {n} item, to be chosen again", "Media: {n} items, to be chosen again", items, n=items
            )
        )
    return "\n\n".join(filter(None, [typed.get("text"), "\n".join(offer)]))


def returned(asked: discord.Interaction[Any], sentence: str) -> RejectedInput:
    """Return why it was not taken, and all in it."""
    return given_back(sentence, typed_in(asked))


def file_of(found: RejectedInput) -> AnswerFile | None:
    """All that was typed, where the answer does not hold it."""
    return AnswerFile(found.name, found.whole.encode(errors="replace")) if found.whole is not None else None


def alone(found: RejectedInput) -> Post:
    """The answer where Discord does not take its file."""
    return replace(found.post, body=(*found.post.body, tr(_BEGINNING)))


def _typed(asked: discord.Interaction[Any]) -> Mapping[str, str]:
    data: Mapping[str, Any] = asked.data or {}
    if asked.type is discord.InteractionType.modal_submit:
        if str(data.get("custom_id", "")).startswith(_WINDOWS):
            return {name: value for name, value in fields(data.get("components", ())) if value}
    elif asked.type is discord.InteractionType.application_command and data.get("name") == _COMMAND:
        return {one["name"]: str(one["value"]) for one in data.get("options", ()) if one.get("value")}
    return {}
