"""Why an answer of the Fanvue stand-in is right, although a check did not like it."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.fanvue.operations import OperationDirectory

VALID_REFUSED = "positive_data_acceptance"
_THERE = OperationDirectory()


@dataclass(frozen=True)
class Explanation:
    """One rule: these very words, said with this status to this check, are right because of this."""

    check: str
    status: int
    words: str
    because: str


def _refused(words: str, because: str) -> Explanation:
    return Explanation(VALID_REFUSED, 400, words, because)


_NOTHING_THERE = "the id is well formed and names nothing; the contract has no 404 for that here"
_EMPTY_LIST = "an empty list is written as an empty value, which is a list of one empty name"
_MADE_UP = "the file says only that it is text; its values are elsewhere in the contract"
_RIGHT_NOW = "right by its shape, and not possible for this message or post as it now is"

EXPLANATIONS = (
    Explanation(
        "unsupported_method",
        404,
        r"Cannot [A-Z]+ /[\s\S]*",
        "no 405 is known: such a path is not there",
    ),
    Explanation(
        "not_a_server_error",
        501,
        r"The stand-in has not built .* yet",
        "it was not given, and found all the same",
    ),
    _refused(r"Invalid cursor", "a cursor is only what an answer gave; the file says that it is text"),
    _refused(r"Send the filters with the first page only", "a cursor goes alone on v1 posts, its prose says"),
    _refused(r"price needs mediaUuids", "a price needs a file, which a schema cannot say"),
    _refused(r"text or mediaUuids is required", "a message has words or files, which a schema cannot say"),
    _refused(r"includedLists must name at least one list with people in it", "the lists given are empty"),
    _refused(r"gif is not accepted here", "the shape of a GIF is not known, so the stand-in takes none"),
    _refused(r"The stand-in keeps no usage, so it cannot filter by it", "it says what it cannot do"),
    _refused(r"text must have at least 1 characters", "a comment without words is none"),
    _refused(r"(mediaUuids|fanUuids) must be 1 to 20 UUIDs", "from its prose: 1 to 20, in one value"),
    _refused(r"mediaUuids must have 1 to 10000 items", "nothing is put into the folder"),
    _refused(r"(variants|status|source)\[\d+\] must be one of [A-Za-z_, ]+", _EMPTY_LIST),
    _refused(r"(sentBefore|receivedBefore) must be an ISO 8601 instant with offset", _MADE_UP),
    _refused(r"Unknown event: [\s\S]*", _MADE_UP),
    _refused(r"price must be a whole number", "the file says number; money is whole cents, its prose says"),
    _refused(r"parts\[\d+\]\.PartNumber must be a whole number", "the file says number; parts are counted"),
    _refused(r"timezone must be an IANA time zone", _MADE_UP),
    _refused(r"Unknown smart list", "seven smart lists have people in them; the file names more"),
    _refused(r"(Upload|Template|Media|Tracking link) not found", _NOTHING_THERE),
    _refused(r"Media not found( or not ready)?: [0-9a-f-]{36}", _NOTHING_THERE),
    _refused(r"Invalid user UUID", _NOTHING_THERE),
    _refused(r"Chat not found", _NOTHING_THERE),
    _refused(r"One or more of the specified parts could not be found, or its ETag .*", _NOTHING_THERE),
    _refused(r"This Idempotency-Key was used with another body", "the same made-up key, used before"),
    _refused(r"A purchased message cannot be deleted|Only own messages can be deleted", _RIGHT_NOW),
    _refused(r"A published post cannot be scheduled|expiresAt must be in the future", _RIGHT_NOW),
)


def explained(failure: dict[str, Any]) -> Iterator[str]:
    """Yield the reasons; nothing when one of the answer's words has none."""
    if failure["check"] == "unsupported_method" and _is_there(failure):
        yield "the method is there: this path is also that of another operation"
        return
    reasons = [_reason(failure, words) for words in _said(failure["answer"])]
    if None not in reasons:
        yield from (reason for reason in reasons if reason is not None)


def _reason(failure: dict[str, Any], words: str) -> str | None:
    for rule in EXPLANATIONS:
        same = (rule.check, rule.status) == (failure["check"], failure["status"])
        if same and re.fullmatch(rule.words, words):
            return rule.because
    return None


def _said(answer: str) -> Iterable[str]:
    """Each complaint in the answer."""
    try:
        body = json.loads(answer)
    except ValueError:
        return [answer]
    if not isinstance(body, dict):
        return [answer]
    return [str(words) for words in body.get("errors") or [body.get("message", body.get("error", answer))]]


def _is_there(failure: dict[str, Any]) -> bool:
    path = str(failure["address"]).partition("?")[0]
    return _THERE.find(failure["method"], path) is not None
