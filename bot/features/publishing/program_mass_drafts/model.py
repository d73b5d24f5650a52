"""A program's mass message: its contents as JSON, and as it is kept."""

from typing import Annotated, Any, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.features.inbox.program_drafts.model import MOST_ITEMS
from bot.model.ports import MessageToFan
from bot.text.reply_rules import TEXT_LIMIT, compose
from storage.records import Millis

ACTION: Final = "mass.program"  # of its row among the drafts
PART: Final = "draft"
LIFE: Final[Millis] = 86_400_000
MOST_WAITING: Final = 20  # of one creator
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


def kept(body: MassDraftBody) -> dict[str, Any]:
    """As the effect that posts its line carries it; `at` in seconds."""
    at = None if body.at is None else int(body.at.timestamp())
    return {**body.model_dump(mode="json", by_alias=True), "at": at}


def typed(draft: dict[str, Any]) -> dict[str, str]:
    """The same as a member would type it into /mass new."""
    price, at = draft["price_cents"], draft["at"]
    return {
        "text": draft["text"],
        "price": "" if price is None else f"{price // 100}.{price % 100:02d}",
        "media": " ".join(draft["media"]),
        "preview": draft["preview"] or "",
        "to": ", ".join(draft["to"]),
        "without": ", ".join(draft["except"]),
        "when": "" if at is None else f"<t:{at}>",
    }


def message_of(draft: dict[str, Any]) -> MessageToFan:
    """What its readers would get, as it is compared with what is sent."""
    preview = draft["preview"]
    return compose(draft["text"], draft["price_cents"], tuple(draft["media"]), preview)
