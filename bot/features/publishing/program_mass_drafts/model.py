"""A program's mass message: its contents as JSON, and as it is kept."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.access.policy import Action
from bot.features.inbox.program_drafts.model import MOST_ITEMS
from bot.features.operations.channel_drafts.model import ChannelDraft, ChannelDraftKind, DraftContent
from bot.features.operations.channel_drafts.moment_rules import seconds_ahead
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.publishing.mass_messages.model import typed as checked
from bot.features.publishing.program_mass_drafts.texts import WORDS
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.draft_source import DraftKind, ReplyDraft
from bot.model.ports import MessageToFan
from bot.relay.carried_drafts import BY_RULE, DRAFTED, carried
from bot.text.price_input import typed_of
from bot.text.reply_rules import TEXT_LIMIT, compose
from storage.records import Millis

MOST_LISTS: Final = 10
_NAME: Final = 200  # letters

ListName = Annotated[str, Field(min_length=1, max_length=_NAME, pattern=r"^[^,]+$")]


class MassDraftBody(BaseModel):
    """What a program sends. `to`, `except`: names or ids of lists of fans; `at`: none is now."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    text: Annotated[str, Field(max_length=TEXT_LIMIT)] = ""
    price_cents: int | None = None
    media: Annotated[list[str], Field(max_length=MOST_ITEMS)] = Field(default_factory=list)
    preview: str | None = None
    to: Annotated[list[ListName], Field(min_length=1, max_length=MOST_LISTS)]
    without: Annotated[list[ListName], Field(max_length=MOST_LISTS, alias="except")] = Field(
        default_factory=list
    )
    at: AwareDatetime | None = None


def kept(body: MassDraftBody, now: Millis) -> DraftContent:
    """As the effect that posts its line carries it; `at` in seconds. Raises ProgramRefused."""
    try:
        checked(body.text, body.price_cents, tuple(body.media), body.preview)
    except ProposalRefused as refused:
        raise ProgramRefused(400, refused.sentence) from refused
    return {**body.model_dump(mode="json", by_alias=True), "at": seconds_ahead("at", body.at, now)}


def typed(draft: DraftContent) -> dict[str, str]:
    """The same as a member would type it into /mass new."""
    at = draft["at"]
    return {
        "text": draft["text"],
        "price": typed_of(draft["price_cents"]) or "",
        "media": " ".join(draft["media"]),
        "preview": draft["preview"] or "",
        "to": ", ".join(draft["to"]),
        "without": ", ".join(draft["except"]),
        "when": "" if at is None else f"<t:{at}>",
    }


def message_of(draft: DraftContent) -> MessageToFan:
    """What its readers would get, as it is compared with what is sent."""
    preview = draft["preview"]
    return compose(draft["text"], draft["price_cents"], tuple(draft["media"]), preview)


def carried_from(draft: ChannelDraft) -> Mapping[str, Any]:
    """Who wrote it, and what, as it goes along with the draft that a member begins with it."""
    return carried(ReplyDraft(draft.row.id, draft.source, message_of(draft.content)))


def to_propose(draft: ChannelDraft) -> Mapping[str, Any]:
    """What a member would propose who opened it, for a rule that does. Raises ProposalRefused."""
    content = draft.content
    message = checked(content["text"], content["price_cents"], tuple(content["media"]), content["preview"])
    says = typed(content)
    asked = {"to": says["to"], "without": says["without"], "when": says["when"] or None}
    return {**message, **asked, DRAFTED: {**carried_from(draft), BY_RULE: True}}


PROGRAM_MASS = ChannelDraftKind(
    kind=DraftKind.MASS_MESSAGE,
    word="mass",
    needs=Action.MASS,
    command="/mass new",
    noun="mass message",
    may="send mass messages",
    fields="to, text, and if you like except, at, price_cents, media, preview",
    body=MassDraftBody,
    kept=kept,
    words=WORDS,
)
