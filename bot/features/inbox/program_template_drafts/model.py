"""A program's template: its contents as JSON, as it is kept, and in its window."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.access.policy import Action
from bot.features.inbox.program_template_drafts.texts import WORDS
from bot.features.inbox.templates.model import DraftedTemplate
from bot.features.operations.channel_drafts.model import ChannelDraftKind, DraftContent
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.model.draft_source import DraftKind
from bot.relay.message_template import (
    MEDIA_LIMIT,
    NAME_LIMIT,
    TEXT_LIMIT,
    TemplateRefused,
    TypedTemplate,
    checked,
    key_of,
)
from bot.relay.send_effects import outgoing
from storage.database import Transaction
from storage.inbox import templates
from storage.inbox.templates import ANYWHERE
from storage.records import CreatorId, DraftId, Millis


class TemplateDraftBody(BaseModel):
    """What a program sends; its text may have the fields of templates."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=NAME_LIMIT)]
    text: Annotated[str, Field(max_length=TEXT_LIMIT)] = ""
    price_cents: int | None = None
    media: Annotated[list[str], Field(max_length=MEDIA_LIMIT)] = Field(default_factory=list)
    preview: str | None = None


def kept(body: TemplateDraftBody, _now: Millis) -> DraftContent:
    """As the effect that posts its line carries it. Raises ProgramRefused."""
    typed = TypedTemplate(body.name, body.text, body.price_cents, tuple(body.media), body.preview)
    try:
        template = checked(typed)
    except TemplateRefused as refused:
        raise ProgramRefused(400, str(refused)) from refused
    return {**body.model_dump(mode="json"), "name": template.name}


async def fits(tx: Transaction, creator: CreatorId, content: DraftContent) -> None:
    """Nobody is asked to save over a template that is there. Raises ProgramRefused."""
    if await templates.named(tx, ANYWHERE, creator, key_of(content["name"])) is not None:
        raise ProgramRefused(409, "The creator has a template of that name already. Choose another one.")


def drafted(ref: str, content: DraftContent) -> DraftedTemplate:
    """As a template's window begins with it."""
    message = {**content, "text": content["text"] or None, "price": content["price_cents"]}
    return DraftedTemplate(DraftId(ref), content["name"], outgoing(message))


def typed(content: DraftContent) -> TypedTemplate:
    """As a member would type it into that window."""
    media, price = tuple(content["media"]), content["price_cents"]
    return TypedTemplate(content["name"], content["text"], price, media, content["preview"])


PROGRAM_TEMPLATE = ChannelDraftKind(
    kind=DraftKind.TEMPLATE,
    word="template",
    needs=Action.TEMPLATE_EDIT,
    command="/template add",
    noun="template",
    may="write templates",
    fields="name, text or media, and if you like price_cents, preview",
    body=TemplateDraftBody,
    kept=kept,
    words=WORDS,
    fits=fits,
)
