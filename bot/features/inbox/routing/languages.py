"""The names of languages that a tag on a fan may say (pure).

Fanvue tells nobody's language, and a guess from a few short messages is often wrong. So the team says it.
"""

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "Arabic": ("العربية",),
    "Bulgarian": ("български",),
    "Chinese": ("中文", "mandarin"),
    "Croatian": ("hrvatski",),
    "Czech": ("čeština", "česky"),
    "Danish": ("dansk",),
    "Dutch": ("nederlands",),
    "English": (),
    "Finnish": ("suomi",),
    "French": ("français",),
    "German": ("deutsch",),
    "Greek": ("ελληνικά",),
    "Hebrew": ("עברית",),
    "Hindi": ("हिन्दी",),
    "Hungarian": ("magyar",),
    "Indonesian": ("bahasa indonesia",),
    "Italian": ("italiano",),
    "Japanese": ("日本語",),
    "Korean": ("한국어",),
    "Lithuanian": ("lietuvių",),
    "Norwegian": ("norsk",),
    "Polish": ("polski",),
    "Portuguese": ("português",),
    "Romanian": ("română",),
    "Russian": ("русский",),
    "Spanish": ("español",),
    "Swedish": ("svenska",),
    "Thai": ("ไทย",),
    "Turkish": ("türkçe",),
    "Ukrainian": ("українська",),
    "Vietnamese": ("tiếng việt",),
}
