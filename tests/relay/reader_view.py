"""How a reader on Discord sees a text, and what in it still does something."""

import unicodedata

# Everything that Discord's Markdown, mentions, emoji names, timestamps and links are made of.
ACTIVE = frozenset("\\*_~`|[]()<>#-+.!:@&/")
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def shown(text: str) -> tuple[str, str]:
    """What is shown of a text, and its characters that are not escaped and might do something."""
    seen, live = [], []
    rest = iter(text)
    for char in rest:
        if char == "\\":
            seen.append(next(rest, ""))
            continue
        seen.append(char)
        if char in ACTIVE:
            live.append(char)
    return "".join(seen), "".join(live)


def visible(text: str) -> str:
    """The letters, digits, signs and symbols of a text: what nobody may lose."""
    return "".join(
        char
        for char in unicodedata.normalize("NFD", text)
        if unicodedata.category(char)[0] in "LNPS" and char not in BLANKS
    )
