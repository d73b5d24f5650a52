"""Requests to post or edit a message: their content, checked beforehand."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.discord.components import EMBED, LAYOUT, LEGACY, embed_problems, tree_problems
from bot.sandbox.discord.errors import invalid
from bot.sandbox.discord.mentions import ALLOWED, exclusive_problems
from bot.sandbox.discord.model import COMPONENTS_V2, StandInChannel, StandInMessage, StandInUser
from bot.sandbox.discord.shape import (
    AnythingShape,
    BitsShape,
    FlagShape,
    FormShape,
    IdShape,
    ListShape,
    NumberShape,
    ShapeProblem,
    TextShape,
    form,
)

_FILE = form(
    "id",
    id=IdShape(null=False),
    filename=TextShape(1024),
    description=TextShape(1024),
    title=TextShape(1024),
    is_spoiler=FlagShape(),
)
_FIELDS: dict[str, Any] = {
    "content": TextShape(2000),
    "embeds": ListShape(EMBED, 10),
    "allowed_mentions": ALLOWED,
    "components": AnythingShape(),  # depends on the flags: checked below
    "flags": BitsShape(),
    "attachments": ListShape(_FILE, 10),
    "tts": FlagShape(),  # discord.py sends it everywhere, also where Discord has no such field
}
_REFERENCE = form(
    "message_id",
    message_id=IdShape(null=False),
    channel_id=IdShape(),
    guild_id=IdShape(),
    fail_if_not_exists=FlagShape(),
    type=NumberShape(0, 0),
)
BODY = FormShape(_FIELDS, null=False)
CHANNEL_BODY = FormShape(
    {**_FIELDS, "message_reference": _REFERENCE, "nonce": AnythingShape(), "enforce_nonce": FlagShape()},
    null=False,
)


@dataclass(frozen=True, slots=True)
class MultipartUpload:
    """One file of a multipart request; `index` is the n of files[n]."""

    index: int
    filename: str
    content: bytes
    content_type: str


@dataclass(slots=True)
class MessageDraft:
    """A message to be, before its checks: who, where, what."""

    author: StandInUser
    channel: StandInChannel
    body: dict[str, Any]
    uploads: list[MultipartUpload] = field(default_factory=list)
    type: int = 0
    flags: int = 0
    application_id: int | None = None
    interaction: dict[str, Any] | None = None
    viewer_id: int | None = None
    message_id: int | None = None


def check(
    body: dict[str, Any], before: StandInMessage | None, shape: FormShape, where: tuple[str, ...] = ()
) -> None:
    """Raise 50035 with everything that is wrong in this body."""
    problems = list(shape.problems(body, ()))
    if not isinstance(body, dict):
        raise invalid(*problems)
    flags = int(body.get("flags") or 0) if not problems else 0
    v2 = bool((flags | (before.flags if before else 0)) & COMPONENTS_V2)
    tree = LAYOUT if v2 else LEGACY
    problems += tree.problems(body.get("components"), ("components",))
    if not problems:
        problems += tree_problems(body.get("components") or [])
        problems += embed_problems(body.get("embeds") or [])
        problems += exclusive_problems(body.get("allowed_mentions") or {})
        problems += _legacy_problems(body, before) if v2 else []
    if problems:
        raise invalid(*(ShapeProblem((*where, *p.path), p.code, p.message) for p in problems))


def _legacy_problems(body: dict[str, Any], before: StandInMessage | None) -> list[ShapeProblem]:
    found = []
    for name in ("content", "embeds"):
        value = body[name] if name in body else (getattr(before, name) if before else None)
        if value:
            message = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            found.append(
                ShapeProblem((name,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
            )
    return found


def check_nonce(body: dict[str, Any]) -> None:
    """A nonce is a number or at most 25 characters."""
    shape = TextShape(25) if isinstance(body.get("nonce"), str) else NumberShape()
    problems = list(shape.problems(body.get("nonce"), ("nonce",)))
    if problems:
        raise invalid(*problems)
