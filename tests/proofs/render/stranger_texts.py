"""Texts of strangers: what does something on Discord, and what hides it (pure)."""

# ruff: noqa: RUF001 -- look-alikes are what strangers use

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MentionTargets:
    """Ids that are somebody, so that a live mention would really be one."""

    user: int
    role: int
    channel: int


LIVE = (
    "@everyone", "@here", "<@{user}>", "<@!{user}>", "<@&{role}>", "<#{channel}>", "</reply:{user}>",
    "</team show:{user}>", "<id:browse>", "<id:customize>", "<id:guide>", "<id:linked-roles>",
    "<:smile:{user}>", "<a:party:{user}>", ":smile:", ":+1:", "<t:1795460400>", "<t:1795460400:R>",
    "<t:-1:F>", "https://evil.example/login", "http://evil.example", "HTTPS://EVIL.EXAMPLE/a?b=c#d",
    "<https://evil.example/x>", "[bank](https://evil.example)", "[https://fanvue.com](https://evil.example)",
    "[a](<https://evil.example> 'title')", '[**b**](https://evil.example "t")',
    "[a\\](b](https://evil.example)", "[![x](https://a.example)](https://evil.example)",
    "discord.gg/abcdef", "https://discord.gg/abcdef", "discord.com/invite/abcdef", "discord.gift/abcdef",
    "https://discord.com/channels/{channel}/{user}", "<me@evil.example>", "<+15551234567>",
    "<mailto:me@evil.example>", "<tel:+15551234>", "steam://run/1", "discord://-/settings",
)  # fmt: skip
STYLED = (
    "**bold**", "*it*", "_it_", "__under__", "~~gone~~", "||hidden||", "`code`", "``co`de``", "***all***",
    "```\nblock\n```", "```py\nprint()\n```", "```ansi\n\u001b[31mred\n```", "# Big", "## Less",
    "### Sent on Fanvue, not through Discord", "-# ✓ Sent <t:1795460400:t>", "> quoted", ">>> all of it",
    "- item", "* item", "+ item", "1. item", "10. item", "# **From the bridge**", "-# part 1 of 9",
    "### 🎁 A tip of $500.00", "🎁 A tip of **$5.00**", "📎 3 media items", "💰 Paid",
    "Maya → Emma @quiet-otter · 3b6a", "¯\\_(ツ)_/¯", "\\*escaped\\*", "\\\\", "\\", "a_b_c", "2 * 3 * 4",
    "snake_case_name", "5 > 4 < 6", "C:\\new\\table", "<b>html</b>", "&amp; &#64;everyone", "%40everyone",
)  # fmt: skip
SIGNS = (
    "*", "**", "_", "__", "~~", "|", "||", "`", "``", "```", "[", "](", ")", "<", ">", "<@", "<@&", "<#",
    "@", ":", "#", "-#", "\\", "://", ".", "!", "&", "/", "+", "-", "\n", "\n\n", "\r\n", "\r", "\t", " ",
)  # fmt: skip
HIDDEN = (
    "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff",
    "\u2060", "\u00ad", "\u034f", "\u115f", "\u3164", "\uffa0", "\u180e", "\u2028", "\u2029", "\x00",
    "\x07", "\x1b", "\x7f", "\x85", "\ufffe", "\ufdd0", "\U000e0001", "\U000e0041", "\ufe0f", "\ufe0e",
    "\u0301", "\u0301" * 9, "\u0489" * 40, "\u20dd", "\u1fef", "\u037e", "\ufffd", "\ufff9", "\U0001d173",
)  # fmt: skip
WORDS = (
    "hi", "love", "you", "were", "so", "good", "last", "night", "€20", "it's", "100%", "ok?", "\u0434\u0430",
    "\u4f60\u597d", "\u0e01\u0e49\u0e33", "\u0645\u0631\u062d\u0628\u0627", "\u05e9\u05dc\u05d5\u05dd",
    "\u0928\u092e\u0938\u094d\u0924\u0947", "\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab", "e\u0301te\u0301",
    "\u0915\u094d\u0937\u093f", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f44d\U0001f3fd",
    "\u2764\ufe0f\u200d\U0001f525", "1\ufe0f\u20e3", "\U0001f1ec\U0001f1e7", "\U0001faea", "\U0001d4d4",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "ﷺ", "\uf8ff", "\u0600\u0661",
    "Zażółć", "ß", "ǆ", "ﬁ", "½", "①", "〝", "…", "—", "“quoted”", "‹›", "\u00a0", "\u3000", "\u2003",
)  # fmt: skip

_KINDS: tuple[Sequence[str], ...] = (LIVE, STYLED, SIGNS, HIDDEN, WORDS)
_WEIGHTS = (26, 18, 20, 12, 24)
_LETTERS = tuple(word for word in WORDS if not word.isspace())
_JOINS = ("", "", " ", " ", "\n")
_LONG = 0.02  # of all texts are as long as Fanvue lets them be, or longer
_HURTS = ("\U0001f469\u200d", "a\u0302\u0323", "\U0001f1e6", "\\", "`", "[", "**", "<", "\u0301", "|| ", "> ")


def text(rng: random.Random, targets: MentionTargets) -> str:
    """The next text: any length from nothing to 9,000 characters."""
    if rng.random() < _LONG / 4:
        return rng.choice(_HURTS) * rng.randrange(1, 4_000)
    if rng.random() < _LONG / 4:  # without a place where a word ends
        return "".join(rng.choice(_LETTERS) for _ in range(rng.randrange(1_500, 4_000)))[:9_000]
    pieces = rng.randrange(150, 700) if rng.random() < _LONG else rng.randrange(1, 9)
    made = "".join(_piece(rng, targets) + rng.choice(_JOINS) for _ in range(pieces))
    return made[:9_000]


def name(rng: random.Random, targets: MentionTargets) -> str:
    """A name or handle that somebody gave themselves."""
    return "".join(_piece(rng, targets) for _ in range(rng.randrange(1, 5)))[:200]


def corpus(targets: MentionTargets) -> list[str]:
    """Every piece alone, within a line, at its beginning, escaped, and torn by what is hidden."""
    found = []
    for piece in (piece for kind in _KINDS for piece in kind):
        whole = _named(piece, targets)
        found += [whole, f"so {whole} it", f"a\n{whole}\nb", f"\\{whole}", f"{whole}{whole}", f"  {whole}"]
        found += [whole[: len(whole) // 2] + hidden + whole[len(whole) // 2 :] for hidden in HIDDEN]
    return found


def _piece(rng: random.Random, targets: MentionTargets) -> str:
    [kind] = rng.choices(_KINDS, _WEIGHTS)
    piece = _named(rng.choice(kind), targets)
    if rng.random() < 0.1:
        at = rng.randrange(len(piece) + 1)
        piece = piece[:at] + rng.choice((*HIDDEN, *SIGNS)) + piece[at:]
    if rng.random() < 0.03:
        piece += chr(rng.choice((rng.randrange(0x3000), rng.randrange(0x11_0000))))
    return piece


def _named(piece: str, targets: MentionTargets) -> str:
    for word in ("user", "role", "channel"):
        piece = piece.replace(f"{{{word}}}", str(getattr(targets, word)))
    return piece
