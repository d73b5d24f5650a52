"""A template: as typed, as kept, as filled in (pure)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.model.language import msgid, number_text, tr
from bot.model.ports import MessageToFan
from bot.relay.send_effects import outgoing
from bot.text.reply_rules import ReplyRefused, compose
from bot.text.safe_text import one_line
from bot.text.template_variables import BadTemplateText, check, fill
from storage.records import Cents, TemplateId

NAME_LIMIT = 50
TEXT_LIMIT = 4000  # what a window holds, so that whatever is kept can be changed in one
_SEEN = 1_000  # letters of a name, before what cannot be seen is taken out of it
MEDIA_LIMIT = 25  # as many ids as fit into a window's field
CAME_FROM = "template"  # in what is proposed to many: the id of the one that it was filled in from, if any
# Translators: as the refusals of a reply end, so that it can be taken off them.
_OVER = msgid(" Not sent.")


class TemplateRefused(Exception):
    """Raised for a template not kept or used; str() says why and what to do."""


@dataclass(frozen=True)
class TypedTemplate:
    name: str
    text: str | None = None
    price: Cents | None = None
    media: tuple[str, ...] = ()
    preview: str | None = None


@dataclass(frozen=True)
class MessageTemplate:
    """A kept template: a name, and a message whose text still has variables."""

    name: str
    message: MessageToFan

    @property
    def key(self) -> str:
        """The name, as names are compared."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """A name as it is compared: letters' size and spaces do not count."""
    return " ".join(name.casefold().split())


def checked(typed: TypedTemplate) -> MessageTemplate:
    """Check what was typed against all rules that will hold at its use. Raises TemplateRefused."""
    name = checked_name(typed.name)
    if len(typed.text or "") > TEXT_LIMIT:
        raise TemplateRefused(
            tr(
                "A template's text has at most {most} characters. Not saved.",
                most=number_text(TEXT_LIMIT),
            )
        )
    if len(typed.media) > MEDIA_LIMIT:
        raise TemplateRefused(tr("A template has at most {most} media. Not saved.", most=MEDIA_LIMIT))
    try:
        message = compose(typed.text, typed.price, typed.media, typed.preview)
        check(message.text or "")
    except ReplyRefused as refused:
        why = refused.sentence.removesuffix(tr(_OVER))
        raise TemplateRefused(f"{why} {tr('Not saved.')}") from refused
    except BadTemplateText as bad:
        raise TemplateRefused(f"{bad} {tr('Not saved.')}") from bad
    return MessageTemplate(name, message)


def checked_name(typed: str) -> str:
    """A name as it is kept. Raises TemplateRefused."""
    name = one_line(typed[:_SEEN], NAME_LIMIT + 1)
    if not name:
        raise TemplateRefused(tr("A template needs a name, so your team can find it. Not saved."))
    if len(name) > NAME_LIMIT or len(typed) > _SEEN:
        raise TemplateRefused(tr("A name has at most {most} characters. Not saved.", most=NAME_LIMIT))
    return name


def filled(message: MessageToFan, values: Mapping[str, str | None]) -> MessageToFan:
    """The message a fan would read. Raises TemplateRefused where a value to fill in is missing."""
    try:
        text = fill(message.text, values) if message.text is not None else None
    except BadTemplateText as bad:
        raise TemplateRefused(f"{bad} {tr('Not sent.')}") from bad
    return MessageToFan(text=text, media=message.media, price=message.price, preview=message.preview)


def packed(message: MessageToFan) -> bytes:
    """A message as it is sealed."""
    return json.dumps(asdict(message)).encode()


def unpacked(body: bytes) -> MessageToFan:
    """The message that was sealed."""
    return outgoing(json.loads(body))


def place_of(template: TemplateId) -> str:
    """The place a template's message is sealed for."""
    return f"templates|body|{template}"
