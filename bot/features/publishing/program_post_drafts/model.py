"""A program's post: its contents as JSON, as it is kept, and as it is typed."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.access.policy import Action
from bot.features.inbox.program_drafts.model import MOST_ITEMS
from bot.features.operations.channel_drafts.model import ChannelDraft, ChannelDraftKind, DraftContent
from bot.features.operations.channel_drafts.moment_rules import seconds_ahead
from bot.features.operations.program_requests.refusals import ProgramRefused
from bot.features.publishing.posts.plan_rules import planned
from bot.features.publishing.program_post_drafts.texts import WORDS
from bot.features.publishing.proposals.model import ProposalRefused
from bot.model.draft_source import DraftKind
from bot.text.price_input import typed_of
from bot.text.reply_rules import TEXT_LIMIT
from bot.text.time_zones import DEFAULT_ZONE
from storage.records import Millis

MOST_COLLECTIONS: Final = 10
_NAME: Final = 200  # letters

CollectionName = Annotated[str, Field(min_length=1, max_length=_NAME, pattern=r"^[^,]+$")]


class PostDraftBody(BaseModel):
    """What a program sends. `at`: none is as soon as it is confirmed; `expires`: none is never."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    text: Annotated[str, Field(max_length=TEXT_LIMIT)] = ""
    price_cents: int | None = None
    media: Annotated[list[str], Field(max_length=MOST_ITEMS)] = Field(default_factory=list)
    preview: str | None = None
    audience: Literal["subscribers", "followers-and-subscribers"] = "subscribers"
    at: AwareDatetime | None = None
    expires: AwareDatetime | None = None
    collections: Annotated[list[CollectionName], Field(max_length=MOST_COLLECTIONS)] = Field(
        default_factory=list
    )


def kept(body: PostDraftBody, now: Millis) -> DraftContent:
    """As the effect that posts its line carries it; moments in seconds. Raises ProgramRefused."""
    content = {
        **body.model_dump(mode="json"),
        "at": seconds_ahead("at", body.at, now),
        "expires": seconds_ahead("expires", body.expires, now),
    }
    looked_at = {**typed(content), "price": body.price_cents, "media": body.media}
    try:
        planned(looked_at, now, ZoneInfo(DEFAULT_ZONE))
    except ProposalRefused as refused:
        raise ProgramRefused(400, refused.sentence) from refused
    return content


def typed(draft: DraftContent) -> dict[str, str | None]:
    """The same as a member would type it into /post new."""
    return {
        "text": draft["text"] or None,
        "audience": draft["audience"],
        "media": " ".join(draft["media"]) or None,
        "price": typed_of(draft["price_cents"]),
        "preview": draft["preview"],
        "when": _moment(draft["at"]),
        "expires": _moment(draft["expires"]),
        "collections": ", ".join(draft["collections"]) or None,
    }


def to_propose(draft: ChannelDraft) -> Mapping[str, Any]:
    """What a member would propose who opened it, for a rule that does."""
    content = draft.content
    return {**typed(content), "price": content["price_cents"], "media": content["media"]}


def _moment(at: int | None) -> str | None:
    return None if at is None else f"<t:{at}>"


PROGRAM_POST = ChannelDraftKind(
    kind=DraftKind.POST,
    word="post",
    needs=Action.POST,
    command="/post new",
    noun="post",
    may="publish posts",
    fields="text or media, and if you like price_cents, preview, audience, at, expires, collections",
    body=PostDraftBody,
    kept=kept,
    words=WORDS,
)
