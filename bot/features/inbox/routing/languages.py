"""The names of languages that a tag on a fan may say (pure).

Fanvue tells nobody's language, and a guess from a few short messages is often wrong. So the team says it.
"""

from collections.abc import Mapping
from typing import Final

from bot.model.language import msgid

LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    msgid("Arabic"): ("العربية",),
    msgid("Bulgarian"): ("български",),
    msgid("Chinese"): ("中文", "mandarin"),
    msgid("Croatian"): ("hrvatski",),
    msgid("Czech"): ("čeština", "česky"),
    msgid("Danish"): ("dansk",),
    msgid("Dutch"): ("nederlands",),
    msgid("English"): (),
    msgid("Finnish"): ("suomi",),
    msgid("French"): ("français",),
    msgid("German"): ("deutsch",),
    msgid("Greek"): ("ελληνικά",),
    msgid("Hebrew"): ("עברית",),
    msgid("Hindi"): ("हिन्दी",),
    msgid("Hungarian"): ("magyar",),
    msgid("Indonesian"): ("bahasa indonesia",),
    msgid("Italian"): ("italiano",),
    msgid("Japanese"): ("日本語",),
    msgid("Korean"): ("한국어",),
    msgid("Lithuanian"): ("lietuvių",),
    msgid("Norwegian"): ("norsk",),
    msgid("Polish"): ("polski",),
    msgid("Portuguese"): ("português",),
    msgid("Romanian"): ("română",),
    msgid("Russian"): ("русский",),
    msgid("Spanish"): ("español",),
    msgid("Swedish"): ("svenska",),
    msgid("Thai"): ("ไทย",),
    msgid("Turkish"): ("türkçe",),
    msgid("Ukrainian"): ("українська",),
    msgid("Vietnamese"): ("tiếng việt",),
}
