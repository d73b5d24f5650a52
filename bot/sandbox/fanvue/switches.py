"""The switches: windows, limits, behaviours that are not confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

_LISTS, _LIST_FIELD = ("includedLists", "excludedLists"), "customListUuids"
Idempotency = Literal["honoured", "ignored", "forgotten"]


@dataclass
class FanvueSwitches:
    """The dials of one stand-in; seconds are Fanvue's, `speed` divides every window."""

    speed: float = 1.0
    v1_whole: bool = False  # /v1 has all that the unversioned paths have, which only clients say
    gone: tuple[str, ...] = ()  # generations of the API that answer 404: "v1", "unversioned"
    access_token_seconds: float = 3600.0
    code_seconds: float = 600.0
    grace_seconds: float = 30.0
    old_access_token_dies: bool = False
    iss_on_callback: bool = False
    refresh_answers_scope: bool = True
    pkce: Literal["required", "checked", "ignored"] = "required"  # of a request for consent without it
    other_session: int = 0  # so many requests for consent find the browser signed in as somebody else
    # What the token endpoint says instead, field by field; None leaves a field out.
    token_answer: dict[str, object] = field(default_factory=dict)
    idempotency: Idempotency = "honoured"
    forget_after_seconds: float = 5.0
    rate_limit: int = 200
    statuses_limit: int = 80
    rate_seconds: float = 60.0
    media_url_seconds: float = 300.0
    media_url_base: str = ""  # where signed addresses lead; empty means to the stand-in itself
    upload_part_bytes: int = 8 * 1024 * 1024
    part_url_seconds: float = 300.0
    processing_seconds: float = 0.0  # from the last part until a file is ready
    processing_fails: bool = False
    summary_seconds: float = 600.0
    text_in_events: bool = True
    tips_show_in_chat: bool = True
    tips_are_gifts: bool = False  # fans give a gift instead of a tip
    hand_type: str = "SINGLE_RECIPIENT"  # what Fanvue calls a message that the creator writes there
    gift_type: str = "SINGLE_RECIPIENT"  # the message that a gift leaves in the chat, with nothing in it
    mass_seconds: float = 0.0  # how long a mass message is on its way to all, and says SENDING
    broadcasts_in_events: bool = False  # how Fanvue announces a mass message is not known
    list_members_most: int = 0  # how many one call may put on a list is not known; 0: any number
    list_sizes: bool = True  # whether lists tell how many are on them; the contract does not promise it
    folders_in_pages: bool = True  # the folders of a vault; without them the list refuses `page` and `size`
    # Fields of bodies that this Fanvue drops without a word: `excludedLists.customListUuids`.
    unknown_fields: tuple[str, ...] = ()
    list_field: str = "customListUuids"  # how a mass message names a creator's own lists
    # Fields of answers that are called otherwise, or (None) are not there: (part of the path, field) → name.
    renamed: dict[tuple[str, str], str | None] = field(default_factory=dict)
    senders_named: bool = True  # whether a row of a chat names who wrote it
    rotating_secret: str = ""  # the app's new secret, which signs beside the old one
    unsigned_probe: bool = False  # whether an address is asked with an unsigned POST, too, before it is taken
    webhook_retry_seconds: tuple[float, ...] = (5.0, 30.0, 120.0, 600.0, 3600.0)
    # The receiver's time to answer is not divided: a slow machine must not look like a dead receiver.
    webhook_timeout_seconds: float = 10.0
    webhooks_at_once: int = 1  # to one receiver: one by one they come in order
    private_webhook_urls: bool = False

    @property
    def off_contract(self) -> bool:
        """Whether answers are meant to differ from the contract."""
        return not self.senders_named

    def window(self, seconds: float) -> timedelta:
        return timedelta(seconds=seconds / self.speed)


def names_lists(body: Any, name: str) -> bool:
    """Whether a body has no other word for lists than this Fanvue has."""
    return name == _LIST_FIELD or not any(_LIST_FIELD in inner for inner in _lists_in(body).values())


def named_lists(body: Any, name: str) -> Any:
    """A mass message's body in the contract's words, where this Fanvue has another word for lists."""
    said = {
        part: {_LIST_FIELD if key == name else key: value for key, value in inner.items()}
        for part, inner in _lists_in(body).items()
    }
    return {**body, **said} if said else body


def _lists_in(body: Any) -> Mapping[str, Mapping[str, Any]]:
    parts = body if isinstance(body, dict) else {}
    return {part: parts[part] for part in _LISTS if isinstance(parts.get(part), dict)}


def without(body: Any, fields: Sequence[str]) -> Any:
    """The body without these fields, each named by its way from the top."""
    for name in fields:
        *way, last = name.split(".")
        inner = body
        for step in way:
            inner = inner.get(step) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner.pop(last, None)
    return body


def renamed(body: Any, names: Mapping[str, str | None]) -> Any:
    """The answer with these fields called otherwise, or left out, wherever they are in it."""
    if not names:
        return body
    if isinstance(body, list):
        return [renamed(item, names) for item in body]
    if not isinstance(body, dict):
        return body
    now = {name: names.get(name, name) for name in body}
    return {new: renamed(body[name], names) for name, new in now.items() if new is not None}
