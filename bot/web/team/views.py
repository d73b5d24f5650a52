"""What a page about a creator is: its action, its name, and what reads it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.model.language import tr
from bot.web.team.markdown import as_html
from storage.records import CreatorId, MediaId, Millis


class ViewUnavailable(Exception):
    """Raised where there is nothing to show now; str() is for the reader."""


@dataclass(frozen=True)
class ViewRequest:
    """Who reads about whom. `permits`: what else they may do for this creator."""

    permit: Permit
    permits: Mapping[Action, Permit]
    query: Mapping[str, str]
    now: Millis
    zone: ZoneInfo
    csrf: str = ""  # for its forms

    @property
    def creator(self) -> CreatorId:
        assert self.permit.creator is not None, "a page is about a creator"
        return self.permit.creator

    def html(self, text: str) -> str:
        """Markdown of ours as this reader sees it."""
        return as_html(text, now=self.now, zone=self.zone, reader=self.permit.actor.user)


@dataclass(frozen=True)
class ViewFile:
    """A table to be saved instead of a page."""

    name: str
    content: bytes


@dataclass(frozen=True)
class FormAnswer:
    """What a form that was sent is answered with: another address, or the page again as HTML."""

    where: str = ""
    html: str = ""
    status: int = 422


class ViewDenied(Exception):
    """Raised where what a form is for is not, or no longer, for its sender."""


@dataclass(frozen=True)
class SentForm:
    """What was typed. `own`: its token is this session's; else nothing comes of it."""

    fields: Mapping[str, str]
    own: bool


@dataclass(frozen=True)
class PageView:
    """One page; `needs` is asked at every visit, and `read` gives HTML, or a file under `file`'s address.

    `send` takes its form; `under` is the key of the page that leads to it, which the navigation names.
    `picture` gives a JPEG below its address; `images`: such pictures are on the page.
    """

    key: str
    name: str  # a marked message
    needs: Action
    read: Callable[[ViewRequest], Awaitable[str]]
    file: Callable[[ViewRequest], Awaitable[ViewFile]] | None = None
    send: Callable[[ViewRequest, SentForm], Awaitable[FormAnswer]] | None = None
    under: str = ""
    picture: Callable[[ViewRequest, MediaId], Awaitable[bytes | None]] | None = None
    images: bool = False

    @property
    def title(self) -> str:
        return tr(self.name)

    def address(self, creator: CreatorId) -> str:
        return f"/page/{creator}/{self.key}"


def option(query: Mapping[str, str], name: str, most: int) -> str:
    """What was chosen or typed, as far as it is short."""
    return " ".join(query.get(name, "").split())[:most]


def number(query: Mapping[str, str], name: str, most: int) -> int:
    """A whole number from 0 on; 0 for whatever else stands there."""
    typed = query.get(name, "")
    fits = typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))
    return min(int(typed), most) if fits else 0
