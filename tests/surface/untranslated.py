"""What is written in English and lacks one of the other languages."""

from collections.abc import Mapping

from tests.languages.__main__ import figures
from tests.languages.extraction import TRANSLATED


async def measure() -> Mapping[str, int]:
    """How many messages lack a language, in all and by language, of how many."""
    found = figures()
    by_language = {f"untranslated_{one}": found[f"untranslated_{one}"] for one in TRANSLATED}
    return {"messages": found["messages"], "untranslated": sum(by_language.values()), **by_language}
