"""The open questions about Fanvue, and the stage that can answer each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class OpenQuestion:
    """One question of docs/fanvue.md. `stage`: the first that can answer it; `meanwhile`: what is assumed."""

    asks: str
    stage: int
    meanwhile: str


QUESTIONS: Final[Mapping[str, OpenQuestion]] = MappingProxyType(
    {
        "surfaces": OpenQuestion("Which generations of the API are there?", 0, "both; /v1 is asked first"),
        "roads": OpenQuestion(
            "Which reads are there on /v1 that the bridge makes without it?",
            0,
            "none: it takes the known ones",
        ),
        "probe": OpenQuestion(
            "How does the bridge's own webhook address answer from outside?", 0, "as the line PUBLIC_URL says"
        ),
        "answering": OpenQuestion(
            "Which reads answer in a form that the bridge knows?", 1, "all, with fields that may be missing"
        ),
        "managed": OpenQuestion(
            "Which reads answer someone who manages a creator?",
            1,
            "those without /v1; once these are gone, the same paths under it",
        ),
        "limits": OpenQuestion(
            "Do answers say how many requests are left?",
            1,
            "200 in 60 seconds, until a header says otherwise",
        ),
        "single_read": OpenQuestion(
            "Does reading one message mark the chat as read?", 1, "no, as clients say"
        ),
        "list_read": OpenQuestion(
            "Does markAsRead=false leave a chat unread?", 1, "yes, as Fanvue's documents say"
        ),
        "folders": OpenQuestion(
            "Do the folders of the vault come in pages?",
            1,
            "yes; where pages are refused, none are asked for",
        ),
        "smart_lists": OpenQuestion(
            "Do smart lists on /v1 say uuid or id, bare or under data?", 1, "every one of these is understood"
        ),
        "posts_order": OpenQuestion(
            "Are posts that are not pinned listed newest first?",
            1,
            "yes; one that is not found is asked about",
        ),
        "earning_ids": OpenQuestion(
            "Are the ids of payment events those of the list of earnings?", 1, "equal ids are one payment"
        ),
        "media_host": OpenQuestion(
            "Which host do signed media addresses lead to?", 1, "fanvue.com and all under it"
        ),
        "media_life": OpenQuestion(
            "How long does a signed media address live?", 1, "fetched again at every click"
        ),
        "idempotency": OpenQuestion(
            "Is one Idempotency-Key twice one message?", 2, "nothing relies on it; the chat is read instead"
        ),
        "unsending": OpenQuestion(
            "Does a message that is unsent leave the chat?", 2, "yes; a bought one stays"
        ),
        "nickname": OpenQuestion("How long may a nickname be?", 2, "30 letters, as Fanvue's documents say"),
        "typing": OpenQuestion("Is there a typing sign?", 2, "not done by the bridge"),
        "mass_lists": OpenQuestion(
            "Which field names a list of one's own in a mass message?", 3, "customListUuids"
        ),
        "exclusions": OpenQuestion(
            "Which field leaves a list out of a mass message?",
            3,
            "each exclusion is counted before it is sent",
        ),
        "address_probe": OpenQuestion(
            "What does Fanvue ask of an address before it subscribes it?",
            4,
            "a GET, and perhaps a POST without a signature",
        ),
        "text_media": OpenQuestion(
            "Does an event of a text announce its media?", 4, "media appear when the chat is read"
        ),
        "retries": OpenQuestion(
            "When does a webhook come again that was not taken?",
            4,
            "none is assumed; the bridge looks for what is missing",
        ),
        "rotation": OpenQuestion(
            "How is an event signed while the secret is rotated?", 4, "every value of the header is tried"
        ),
        "publish_at": OpenQuestion(
            "Is publishAt kept to the second?", 5, "a minute either way is the same time"
        ),
        "planned_place": OpenQuestion(
            "Where do planned posts stand in the list?", 5, "anywhere among the newest"
        ),
    }
)
READS_ONLY: Final = 1  # the last stage that needs no test fan
