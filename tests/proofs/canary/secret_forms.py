"""What is searched for, and every form in which it might be written (pure)."""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from bot.sandbox.witness import Kind

# How much of a needle's beginning is looked up first; no form is shorter.
_HEAD = 8
_CHUNK = 1 << 16
_FEW = 200  # so many are sooner searched for one by one

# Shorter ones would be found where nothing leaked: “hello”, “Sam”, “the set”.
_SHORTEST = {"token": 12, "text": 10, "name": 8}


@dataclass(frozen=True)
class SoughtSecret:
    """One thing that must not be found."""

    kind: Kind
    value: str


def read(lines: Iterable[str]) -> set[SoughtSecret]:
    """The secrets in a witness's file that can be searched for."""
    found = {SoughtSecret(*json.loads(line)) for line in lines}
    return {secret for secret in found if is_telling(secret)}


def is_telling(secret: SoughtSecret) -> bool:
    """Whether finding it means that it leaked.

    A text without a space is a choice from a list, an id or a number: commands are full of them.
    """
    value = secret.value.strip()
    if len(value) < _SHORTEST[secret.kind]:
        return False
    return secret.kind != "text" or " " in value or value.startswith("canary")


def forms(value: str) -> Iterator[str]:
    """As it is, and as JSON, an address, an escape, hex or base64 would have it."""
    raw = value.encode(errors="surrogatepass")
    yield quote(raw, safe="")
    for escaped in (value, json.dumps(value)[1:-1], repr(value)[1:-1], repr(raw)[2:-1]):
        yield escaped
        yield json.dumps(escaped)[1:-1]  # a line of a log is JSON itself
        yield json.dumps(escaped, ensure_ascii=False)[1:-1]
    yield raw.hex()
    for cut in range(3):  # where it begins in a group of three bytes decides how base64 writes it
        whole = raw[cut : len(raw) - (len(raw) - cut) % 3]
        if len(whole) >= 9:
            encoded = base64.b64encode(whole).decode()
            yield encoded
            yield base64.urlsafe_b64encode(whole).decode()


class SecretForms:
    """Secrets in all their forms, which are made once; a text is searched for all of them in one pass."""

    def __init__(self, secrets: Iterable[SoughtSecret] = ()) -> None:
        self._known: set[SoughtSecret] = set()
        self._by_head: dict[str, dict[str, set[Kind]]] = {}
        self.add(secrets)

    def add(self, secrets: Iterable[SoughtSecret]) -> None:
        """From now on these are searched for too."""
        for secret in set(secrets) - self._known:
            self._known.add(secret)
            for form in set(forms(secret.value)):
                self._by_head.setdefault(form[:_HEAD], {}).setdefault(form, set()).add(secret.kind)

    def kinds_in(self, text: str) -> set[Kind]:
        """Of which kinds something is in the text."""
        # Thousands of tokens begin alike: their forms are looked for only where that beginning is.
        heads = self._heads_in(text) if len(self._by_head) >= _FEW else self._few_heads_in(text)
        return {
            kind
            for head in heads
            for form, kinds in self._by_head[head].items()
            if form in text
            for kind in kinds
        }

    def _few_heads_in(self, text: str) -> set[str]:
        return {head for head in self._by_head if head in text} if text else set()

    def _heads_in(self, text: str) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(text), _CHUNK):
            beginnings = range(start, min(start + _CHUNK, len(text) - _HEAD + 1))
            found |= {text[at : at + _HEAD] for at in beginnings} & self._by_head.keys()
        return found


def found_in(text: str, secrets: Iterable[SoughtSecret]) -> list[SoughtSecret]:
    """Which of the secrets are in a text, in whatever form."""
    return [secret for secret in secrets if any(form in text for form in set(forms(secret.value)))]


def found_in_bytes(content: bytes, secrets: Iterable[SoughtSecret]) -> list[SoughtSecret]:
    """The same for a file of any kind; also as UTF-16, which some tools write."""
    halves = content[::2], content[1::2]
    return [
        secret
        for secret in secrets
        if any(_lies_in(form, content, halves) for form in set(forms(secret.value)))
    ]


def _lies_in(form: str, content: bytes, halves: tuple[bytes, bytes]) -> bool:
    raw = form.encode(errors="surrogatepass")
    if raw in content:
        return True
    # In UTF-16 every other byte of ASCII is a zero. A file is full of zeros, and to search them takes long:
    # without them it must be in one of the halves.
    if form.isascii() and not any(raw in half for half in halves):
        return False
    return form.encode("utf-16-le", errors="surrogatepass") in content
