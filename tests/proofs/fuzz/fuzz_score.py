"""Counts what came of each request, and says what should not have happened."""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from tests.proofs.fuzz.fuzz_connection import statuses
from tests.proofs.fuzz.fuzz_creators import told
from tests.proofs.fuzz.fuzz_requests import FuzzRequest
from tests.proofs.fuzz.fuzz_server import HIDDEN, HIDDEN_WORDS
from tests.proofs.fuzz.page_requests import FuzzPage, PageRequest
from tests.proofs.fuzz.sign_in_requests import SignInRequest, is_given

MOST_GROWTH = 64.0
"""MiB that the server may grow by after it is warm."""
_OK, _NOT_OK, _THEIR_FAULT = 200, 300, 500
_DONE = (200, 201)
_LONG_WORD = re.compile(rb"[A-Za-z0-9_-]{43,}")


@dataclass
class FuzzScore:
    """What came of it."""

    requests: int = 0
    forgeries: int = 0
    refused: int = 0
    leaks: int = 0
    unanswered: int = 0
    errors: Counter[int] = field(default_factory=Counter)
    growth: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    pages: dict[FuzzPage, Counter[int]] = field(default_factory=dict)
    sign_ins: Counter[int] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, float]:
        """The result as the command prints it."""
        return {
            "requests": self.requests,
            "accepted_forgeries": self.forgeries,
            "server_errors": sum(self.errors.values()),
            "rss_growth_mib": round(self.growth, 1),
            "refused_good": self.refused,
            "pages": len(self.pages),
            "page_answers": sum(sum(answers.values()) for answers in self.pages.values()),
            "sign_in_answers": sum(self.sign_ins.values()),
            "leaks": self.leaks,
            "unanswered": self.unanswered,
        }

    @property
    def good(self) -> bool:
        """Whether the door holds, and opens to whom it should."""
        wrong = self.forgeries or self.errors or self.refused or self.leaks or self.unanswered
        return not wrong and self.growth < MOST_GROWTH

    def answered(self, page: FuzzPage) -> int:
        """How often a page did what was asked for."""
        return sum(number for status, number in self.pages[page].items() if status in _DONE)

    def of_webhook(self, one: FuzzRequest, answer: bytes, *, right: bool) -> None:
        """Judge one of the requests that are no page's. `right`: Fanvue may have sent it."""
        found = self._counted(one.raw, answer, whole=one.whole and not one.alone)
        self._search(one.raw, answer, frozenset())
        if one.whole and not right and _OK in found:
            self.forgeries += 1
            self.examples.append(f"accepted: {one.signatures!r}")
        if one.whole and right and found != [_OK]:
            self.refused += 1
            self.examples.append(f"refused with {found}: {one.signatures!r} {one.body[:80]!r}")

    def of_page(self, one: PageRequest, answer: bytes) -> None:
        """Judge one request to a page."""
        found = self._counted(one.raw, answer, whole=not one.alone)
        self.pages.setdefault(one.page, Counter()).update(found)
        self._search(one.raw, answer, one.reads)
        for status in found:
            if status in one.wanted or status >= _THEIR_FAULT:
                continue
            # Without a key any answer of the page itself says that its door was passed.
            past_the_door = not one.reads or status < _NOT_OK
            self.forgeries += past_the_door
            self.refused += not past_the_door
            self.examples.append(f"{status} is none of {sorted(one.wanted)}: {one.raw[:300]!r}")

    def of_sign_in(self, one: SignInRequest, answer: bytes) -> None:
        """Judge one of the requests to the agents' sign-in, where nobody has said yes."""
        found = self._counted(one.raw, answer, whole=not one.alone)
        self.sign_ins.update(found)
        self._search(one.raw, answer, frozenset())
        if is_given(answer):
            self.forgeries += 1
            self.examples.append(f"let in: {one.raw[:300]!r}")
        if one.wanted is not None and found != [one.wanted]:
            self.refused += 1
            self.examples.append(f"{found} is not {one.wanted}: {one.raw[:300]!r}")

    def _counted(self, raw: bytes, answer: bytes, *, whole: bool) -> list[int]:
        found = statuses(answer)
        self.statuses.update(found)
        for status in found:
            if status >= _THEIR_FAULT:  # the wanted 503 is not wanted here: the database is never taken away
                self.errors[status] += 1
                self.examples.append(f"{status}: {raw[:300]!r}")
        if whole and not found:
            self.unanswered += 1
            self.examples.append(f"no answer: {raw[:300]!r}")
        return found

    def _search(self, raw: bytes, answer: bytes, reads: AbstractSet[str]) -> None:
        """`reads`: the handles of those about whom it may tell."""
        words = {word.decode() for word in _LONG_WORD.findall(answer)}
        if (
            words & HIDDEN_WORDS
            or any(text.encode() in answer for text in HIDDEN)
            or not told(answer) <= reads
        ):
            self.leaks += 1
            self.examples.append(f"leaked: {raw[:160]!r} -> {answer[:300]!r}")
