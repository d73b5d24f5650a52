"""Letter ends as readers see them: a text is never cut inside a letter (pure).

Unicode calls it a grapheme cluster (UAX 29). Where its rules need tables that Python lacks, more is held
together than must be: a cut one letter earlier harms nobody.
"""

import unicodedata

LONGEST = 32  # code points; a longer letter is made to hurt and may be cut

_ZWJ = "\u200d"
_TAGS = range(0xE0020, 0xE0080)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_HANGUL_TAILS = (range(0x1161, 0x1200), range(0xD7B0, 0xD800))
_HANGUL_HEADS = (range(0x1100, 0x1160), range(0xA960, 0xA97D))
_HANGUL = (*_HANGUL_HEADS, range(0xAC00, 0xD7A4))
_MARKS = frozenset({"Mn", "Me", "Mc"})
# Letters by category that belong to what stands before them: Thai and Lao am, half-width voicing marks.
_TAILS = frozenset("\u0e33\u0eb3\uff9e\uff9f")
# Signs that belong to what follows: number signs, and some letters of Indic scripts.
_HEADS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd"
    "\U000111c2\U000111c3\U000113d1\U0001193f\U00011941\U00011a3a\U00011a84\U00011a85\U00011a86\U00011a87"
    "\U00011a88\U00011a89\U00011d46\U00011f02"
)
_VIRAMA = 9  # the class of marks that join two consonants


def letter_end(text: str, end: int) -> int:
    """The last end of a letter at or before `end`; `end` itself where one letter goes on for too long."""
    for cut in range(end, max(end - LONGEST, 0), -1):
        if not inside_letter(text, cut):
            return cut
    return end


def inside_letter(text: str, index: int) -> bool:
    """Whether what stands before and after `index` is one letter to a reader."""
    before, after = text[index - 1], text[index]
    if before == "\n" or after == "\n":
        return False
    if _ZWJ in (before, after) or before in _HEADS or _is_tail(after):
        return True
    if any(ord(before) in head for head in _HANGUL_HEADS) and any(ord(after) in one for one in _HANGUL):
        return True
    if ord(before) in _FLAG_LETTERS and ord(after) in _FLAG_LETTERS:
        return _flags_before(text, index) % 2 == 1  # flags are pairs, counted from the first of the row
    return unicodedata.category(after) == "Lo" and _is_joined(text, index)


def _is_tail(char: str) -> bool:
    """Whether it always belongs to what stands before it."""
    if unicodedata.category(char) in _MARKS or char in _TAILS:
        return True
    return any(ord(char) in tail for tail in (_SKIN_TONES, *_HANGUL_TAILS, _TAGS))


def _flags_before(text: str, index: int) -> int:
    ahead = index
    while ahead and ord(text[ahead - 1]) in _FLAG_LETTERS:
        ahead -= 1
    return index - ahead


def _is_joined(text: str, index: int) -> bool:
    """Whether a virama among the marks before `index` joins the next consonant to the last one."""
    for at in range(index - 1, max(index - LONGEST, 0) - 1, -1):
        if unicodedata.combining(text[at]) == _VIRAMA:
            return True
        if not _is_tail(text[at]):
            return False
    return False
