"""As many lines as fit into a message whose notification shows words (pure).

An ordinary message holds 2,000 characters. A longer one would be a container, of which a phone's
notification shows nothing, so the last lines give way and what is left out is said.
"""

from collections.abc import Sequence

from bot.model.language import tr_many

BREAK = 4  # characters between two lines, with the sign of small print
_MOST = 2_000 - 60  # the signs around a heading and a few line breaks


def fitted(lines: Sequence[str], used: int) -> str:
    """These lines, as far as there is room beside so many characters; always the first one."""
    shown: list[str] = []
    room = _MOST - used
    for number, line in enumerate(lines):
        left = len(lines) - number - 1
        rest = len(_rest(left)) + 1 if left else 0
        if number and len(line) + 1 + rest > room:
            return "\n".join([*shown, _rest(left + 1)])
        shown.append(line)
        room -= len(line) + 1
    return "\n".join(shown)


def _rest(number: int) -> str:
    return tr_many(
        "… and {n} more line: `/money earnings`", "… and {n} more lines: `/money earnings`", number
    )
