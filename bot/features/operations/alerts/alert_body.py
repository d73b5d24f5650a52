"""One alert as it waits: as it reads with all figures, in ranges, or without."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.access.roles import MoneyView
from bot.engine.outbox import pack_post, unpack_post
from bot.model.language import tr
from bot.model.ports import Button, Post
from storage.records import Cents, DiscordId, Millis

# An event's alert for whoever sees figures so exactly.
Worded = Callable[[MoneyView], Post]
_OTHERS = (MoneyView.BANDED, MoneyView.HIDDEN)


@dataclass(frozen=True)
class AlertBody:
    """An effect body's content. `member`: the one told privately; None: a channel is told."""

    posts: Mapping[MoneyView, Post]
    kind: str
    at: Millis
    cents: Cents | None = None
    currency: str | None = None
    vip: bool = False
    member: DiscordId | None = None

    def post(self, money: MoneyView, ref: str) -> Post:
        """The alert alone, with the way to its reason; a private one leads nowhere else."""
        shown = self.posts[money]
        kept = () if self.member is not None else shown.buttons
        return replace(shown, buttons=(*kept, why_button(ref)))


def pack(told: AlertBody) -> dict[str, Any]:
    """As the body of an effect; `post` is what it always was."""
    return {
        "post": pack_post(told.posts[MoneyView.EXACT]),
        "posts": {money.value: pack_post(told.posts[money]) for money in _OTHERS},
        "told": {
            "kind": told.kind,
            "at": told.at,
            "cents": told.cents,
            "currency": told.currency,
            "vip": told.vip,
            "member": told.member,
        },
    }


def unpack(body: Mapping[str, Any]) -> AlertBody:
    """Undo `pack`."""
    exact = {MoneyView.EXACT: unpack_post(body["post"])}
    others = {MoneyView(name): unpack_post(post) for name, post in body["posts"].items()}
    return AlertBody(posts={**exact, **others}, **body["told"])


def is_told(body: Mapping[str, Any]) -> bool:
    """Whether it is one of these, and not another line for the alerts channel."""
    return "told" in body


def why_button(ref: str, marks: tuple[str, ...] = ()) -> Button:
    """`marks`: of further alerts in the same message, by which it is found."""
    return Button("alert.why", ref, tr("Why did I get this?"), marks=marks)
