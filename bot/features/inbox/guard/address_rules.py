"""Links, e-mail addresses, accounts and wallets (pure)."""

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise

from bot.features.inbox.guard.folded_text import FoldedText, GlyphGap, StepCounter
from bot.features.inbox.guard.glyphs import fold
from bot.features.inbox.guard.number_rules import is_iban

_OWN = "fanvue.com"
_SURELY = "com net org io gg xyz cc bio biz"  # endings that are no other word
_WITH_PATH = "ly tv eu ru co uk de fr es it nl pt br"
_KNOWN = (
    "t.me wa.me cash.app paypal.me ko-fi.com linktr.ee bit.ly discord.gg youtu.be fb.me beacons.ai "
    "instagr.am venmo.com throne.com revolut.me m.me signal.me msng.link snapchat.com link.me"
)
_SURE, _HOSTS = frozenset(_SURELY.split()), frozenset(_KNOWN.split())
_ENDS = _SURE | frozenset(_WITH_PATH.split())
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
_SCHEME = re.compile(r"(?:h[tx]{2}ps?|ftp):/{1,2}")
_EDGES = "()[]{}<>\"“”«»*_~|`'.,;:!?…"
_LONGEST = 400  # signs of one word that are looked at; addresses are shorter
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_COIN = re.compile(r"[13TLDM][1-9A-HJ-NP-Za-km-z]{25,34}")
_WALLET = re.compile(r"0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{11,71}")
_IBAN_BEGINS = re.compile(r"[a-z]{2}[0-9]{2}[a-z0-9]*")
_IBAN_PIECES, _IBAN_LONGEST = 12, 34


def addresses(text: str, steps: StepCounter) -> Iterator[str]:
    """`#link`, `#mail` and `#wallet`, for each that is there."""
    for raw in text.split():
        word = raw.strip(_EDGES)[:_LONGEST]
        steps.count += len(raw)
        if _WALLET.fullmatch(word) or (_COIN.fullmatch(word) and _has_checksum(word)):
            yield "#wallet"
            continue
        if "." not in word and "·" not in word and word.isascii():
            continue
        plain = "".join(glyph.char for glyph in fold(word))
        yield from _named(plain, raw=word)


def accounts(text: FoldedText, steps: StepCounter) -> Iterator[str]:
    """`#iban`, for each that is there; its parts may stand apart."""
    for number in range(len(text.pieces)):
        joined = text.chars(number)
        if not _IBAN_BEGINS.fullmatch(joined[:_IBAN_LONGEST]):
            continue
        for more in range(number + 1, min(number + _IBAN_PIECES, len(text.pieces) + 1)):
            steps.count += 1
            if is_iban(joined):
                yield "#iban"
                return
            if more == len(text.pieces) or len(joined) > _IBAN_LONGEST:
                break
            joined += text.chars(more)


def handles(text: FoldedText) -> Iterator[tuple[str, int]]:
    """Words that look like somebody's name elsewhere, and dots before an ending: marker and place."""
    for number, piece in enumerate(text.pieces):
        chars = text.chars(number)
        after = text.after(number)
        if ":" in after or "=" in after:
            yield "#colon", piece.place + 1
        mixed = any(one.isdigit() for one in chars) and sum(one.isalpha() for one in chars) > 2  # noqa: PLR2004
        if chars.startswith("@") or mixed or after[:1] == "_" or after == "#":
            yield "#handle", piece.place
        if "@" in piece.between:
            yield "#at", piece.place
        if any(one.isdigit() for one in chars):
            yield "#digit", piece.place
        if chars.endswith("%"):
            yield "#percent", piece.place
    for before, piece in pairwise(text.pieces):
        chars = "".join(glyph.char for glyph in text.glyphs[piece.first : piece.end])
        apart = piece.between.startswith(" ") and piece.between.strip() == "."
        if chars in _SURE and apart and piece.gap is GlyphGap.BREAK and piece.place - before.place:
            yield "#link", piece.place


def _named(plain: str, *, raw: str) -> Iterator[str]:
    scheme = _SCHEME.match(plain)
    rest = plain[scheme.end() :] if scheme else plain
    host, at, domain = rest.partition("@")
    if at:
        if host and _HOST.fullmatch(re.split(r"[/?#:]", domain, maxsplit=1)[0]):
            yield "#mail"
        return
    host, path = re.split(r"[/?#:]", rest, maxsplit=1)[0], len(rest)
    if not _HOST.fullmatch(host):
        return
    if raw.isascii() and (host == _OWN or host.endswith("." + _OWN)):
        return
    labels = host.split(".")
    sure = bool(scheme) or labels[0] == "www" or host in _HOSTS or labels[-1] in _SURE
    followed = path > len(host) and rest[len(host)] == "/" and labels[-1] in _ENDS
    if (sure and not labels[-1].isdigit() and len(labels[-2]) > 1) or followed or host in _HOSTS:
        yield "#link"


def _has_checksum(word: str) -> bool:
    """Base58Check, by which a wallet is told from any other long word."""
    value = 0
    for char in word:
        value = value * 58 + _BASE58.index(char)
    whole = value.to_bytes(25, "big") if value < 1 << 200 else b""
    return hashlib.sha256(hashlib.sha256(whole[:-4]).digest()).digest()[:4] == whole[-4:]
