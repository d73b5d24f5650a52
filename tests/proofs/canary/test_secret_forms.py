"""A secret is found in every form that programs write."""

import base64
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.proofs.canary.secret_forms import (
    SecretForms,
    SoughtSecret,
    forms,
    found_in,
    found_in_bytes,
    is_telling,
    read,
)

TEXT = "come over at nine, bring “the red one” 🧡\n"


@pytest.mark.parametrize(
    "hidden",
    [
        TEXT,
        json.dumps({"text": TEXT}),
        json.dumps({"text": TEXT}, ensure_ascii=False),
        quote(TEXT),
        repr(TEXT.encode()),
        TEXT.encode().hex(),
        base64.b64encode(TEXT.encode()).decode(),
        base64.urlsafe_b64encode(b"xx" + TEXT.encode() + b"yyyy").decode(),
    ],
)
def test_every_form_is_found(hidden: str) -> None:
    secret = SoughtSecret("text", TEXT)

    assert found_in(f"before {hidden} after", [secret]) == [secret]
    assert found_in_bytes(b"\0\1" + hidden.encode() + b"\xff", [secret]) == [secret]
    for before in (b"", b"\0", b"\0\0\1"):  # wherever its zeros come to lie
        assert found_in_bytes(before + hidden.encode("utf-16-le") + b"\0", [secret]) == [secret]
    assert found_in("nothing of it", [secret]) == []


@given(before=st.binary(max_size=40), after=st.binary(max_size=40))
def test_base64_is_found_wherever_it_begins(before: bytes, after: bytes) -> None:
    secret = SoughtSecret("token", "qX7vTz09aLmN44kPqR")

    assert found_in(base64.b64encode(before + secret.value.encode() + after).decode(), [secret]) == [secret]


def test_only_what_tells_something_is_searched_for() -> None:
    assert not is_telling(SoughtSecret("text", "hi there"))
    assert not is_telling(SoughtSecret("text", "3b6a2c9e-54c1-4d1a-8e57-6f2a9b7c1d20"))
    assert not is_telling(SoughtSecret("name", "Sam"))
    assert is_telling(SoughtSecret("text", "hello there"))
    assert is_telling(SoughtSecret("text", "canary0042"))
    assert read(['["name", "Quiet Otter"]\n', '["name", "Sam"]\n']) == {SoughtSecret("name", "Quiet Otter")}


@pytest.mark.parametrize("others", [0, 400])
@pytest.mark.parametrize("before", [0, 5, (1 << 16) - 7, 1 << 16])
def test_one_pass_finds_what_the_search_one_by_one_finds(others: int, before: int) -> None:
    wanted = [
        SoughtSecret("text", TEXT),
        SoughtSecret("token", "qX7vTz09aLmN44kPqR"),
        SoughtSecret("name", "Quiet Otter"),
    ]
    needles = SecretForms(
        [*wanted, *(SoughtSecret("token", f"{number:05d}another-token") for number in range(others))]
    )

    for secret in wanted:
        for form in set(forms(secret.value)):
            assert needles.kinds_in("." * before + form) == {secret.kind}
            assert needles.kinds_in("." * before + form[:-1]) == set()
