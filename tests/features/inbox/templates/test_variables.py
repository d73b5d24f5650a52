"""What is filled into a template's text, and what is refused."""

from pathlib import Path

import pytest

from bot.text.template_variables import NAME_LIMIT, VARIABLES, BadTemplateText, check, fill, value_of

KNOWN = {"fan_name": "Sam", "handle": "sam_k", "creator": "Maya", "month": "November", "weekday": "Friday"}
NOBODY: dict[str, str | None] = {**KNOWN, "fan_name": None}

FILLED: dict[str, tuple[str, dict[str, str | None], str]] = {
    "nothing to fill in": ("hi", {}, "hi"),
    "a name": ("hi {fan_name}!", {**KNOWN}, "hi Sam!"),
    "each of them": (
        "{fan_name} {handle} {creator} {month} {weekday}",
        {**KNOWN},
        "Sam sam_k Maya November Friday",
    ),
    "a name before its fallback": ("hi {fan_name|love}", {**KNOWN}, "hi Sam"),
    "a fallback": ("hi {fan_name|love}", NOBODY, "hi love"),
    "a fallback with spaces around": ("hi { fan_name | my love }", NOBODY, "hi my love"),
    "a fallback with a bar": ("{fan_name|a|b}", NOBODY, "a|b"),
    "braces": ("{{fan_name}} }}{{", {**KNOWN}, "{fan_name} }{"),
    "braces around a variable": ("{{{fan_name}}}", {**KNOWN}, "{Sam}"),
    "a name that looks like a variable": ("hi {fan_name}", {"fan_name": "{creator}"}, "hi {creator}"),
    "a name that looks like a bar": ("hi {fan_name|x}", {"fan_name": "|{{"}, "hi |{{"),
}
REFUSED = {
    "an unknown one": ("hi {name}", "is not a variable. These exist: {fan_name}, {handle}"),
    "an empty one": ("hi {}", "is not a variable"),
    "one in capitals": ("hi {Fan_Name}", "is not a variable"),
    "an open brace": ("hi {fan_name", "a single {"),
    "a closed brace": ("hi fan_name}", "a single }"),
    "one inside another": ("hi {fan_name|{handle}}", "a single {"),
    "an unknown one with formatting": ("{**x**}", r"\*\*x\*\*"),
}


@pytest.mark.parametrize(("text", "values", "becomes"), FILLED.values(), ids=FILLED)
def test_it_is_filled_in(text: str, values: dict[str, str | None], becomes: str) -> None:
    assert fill(text, values) == becomes


@pytest.mark.parametrize(("text", "because"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_when_it_is_saved(text: str, because: str) -> None:
    with pytest.raises(BadTemplateText) as refused:
        check(text)

    assert because in str(refused.value)


@pytest.mark.parametrize("text", ["hi {fan_name}", "hi {fan_name|}", "hi {fan_name| }"])
def test_nothing_to_fill_in_and_nothing_to_fall_back_to_is_refused(text: str) -> None:
    check(text)

    with pytest.raises(BadTemplateText, match="We have nothing to fill in for"):
        fill(text, NOBODY)


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("Sam", "Sam"),
        ("  Sam \n K ", "Sam K"),
        ("Sam\u202e\u200b", "Sam"),
        ("s" * 99, "s" * NAME_LIMIT),
        ("💜✨", None),
        ("", None),
        (None, None),
    ],
)
def test_a_name_is_one_line_that_somebody_can_read(name: str | None, becomes: str | None) -> None:
    assert value_of(name) == becomes


def test_the_documents_have_all_of_them() -> None:
    page = (Path(__file__).parents[4] / "docs" / "templates.md").read_text()

    assert [name for name in VARIABLES if f"`{{{name}}}`" not in page] == []
