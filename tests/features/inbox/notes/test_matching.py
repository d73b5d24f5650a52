"""The text around what was looked for."""

import pytest

from bot.features.inbox.notes.search_rules import around, bare

LONG = "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 3
AROUND = {
    "all of a short one": ("We met\nat  the Zoo", "zoo", "We met at the Zoo"),
    "the beginning": (f"Zoo {LONG}", "zoo", "Zoo a b c d e f g h …"),
    "the middle": (f"{LONG}Zoo {LONG}", "zoo", "… y z Zoo a b c d e f …"),
    "the end": (f"{LONG}Zoo", "zoo", "… s t u v w x y z Zoo"),
    "accents and style": (f"{LONG}the 𝓒𝓪𝓯é {LONG}", "the cafe", "… y z the 𝓒𝓪𝓯é a b c d …"),
    "a letter that becomes two": (f"{'ß' * 30} Zoo {LONG}", "zoo", "… Zoo a b c d e f g h …"),
    "no space to begin at": ("x" * 50 + "zoo" + "x" * 50, "zoo", f"… {'x' * 6}zoo{'x' * 11} …"),
    "nowhere": (LONG, "zoo", "a b c d e f g h i j …"),
}


@pytest.mark.parametrize(("text", "wanted", "shown"), AROUND.values(), ids=AROUND)
def test_it_has_the_words_in_it(text: str, wanted: str, shown: str) -> None:
    assert around(text, bare(wanted), 20) == shown


def test_a_letter_is_never_cut_in_two() -> None:
    family = "👨\u200d👩\u200d👧"

    for most in range(10, 40):
        said = around(f"{family * 9}zoo{family * 9}", "zoo", most)
        assert said.strip("… ").replace(family, "") in ("zoo", "")
