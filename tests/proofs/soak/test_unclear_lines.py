"""That a line without words or sender stands for the one message that it is."""

from collections import Counter

from tests.proofs.soak.unclear_lines import EMPTY, GIFT, UNCLEAR, UNTOLD, Line, cleared

ENTRIES: dict[str, Line] = {
    "m-1": ("luna", "sam", "fan", "hey"),
    "m-2": ("luna", "sam", "fan", GIFT),
    "m-3": ("luna", "sam", "elsewhere", "hey"),
    "m-4": ("luna", "kim", "fan", "hey"),
    "m-5": ("luna", "sam", "reply", "hey"),
}
SHOWN = {10: ("m-1",), 11: ("m-1", "m-2"), 12: ("m-3",), 13: ("m-4",), 14: ("m-5",)}


def unclear(words: str) -> Line:
    return "luna", "sam", UNCLEAR, words


def test_it_stands_for_the_message_that_is_shown_there() -> None:
    lines = [(10, unclear(UNTOLD)), (12, unclear("hey"))]

    assert cleared(lines, ENTRIES, SHOWN) == Counter([ENTRIES["m-1"], ENTRIES["m-3"]])


def test_beside_a_line_with_words_it_is_the_other_one() -> None:
    lines = [(11, ENTRIES["m-1"]), (11, unclear(EMPTY))]

    assert cleared(lines, ENTRIES, SHOWN) == Counter([ENTRIES["m-1"], ENTRIES["m-2"]])


def test_a_text_that_was_there_is_not_called_empty_nor_other_words_nor_another_fans() -> None:
    for message, words in ((10, EMPTY), (10, "hello"), (13, UNTOLD), (99, UNTOLD)):
        assert cleared([(message, unclear(words))], ENTRIES, SHOWN) == Counter([unclear(words)])


def test_one_that_is_shown_twice_is_one_too_many() -> None:
    lines = [(10, unclear(UNTOLD)), (10, unclear(UNTOLD))]

    assert cleared(lines, ENTRIES, SHOWN) == Counter([ENTRIES["m-1"], unclear(UNTOLD)])


def test_a_reply_that_is_shown_as_unclear_too_is_there_twice() -> None:
    reply = ENTRIES["m-5"]

    assert cleared([(15, reply), (14, unclear("hey"))], ENTRIES, SHOWN)[reply] == 2
