"""Ciphertext opens with its own key, in its own place, unchanged, and not else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.people.accounts.keyring import Keyring, MasterKey, SealNotOpened, WrongKey
from tests.features.people.accounts.accounts_fixtures import a_keyring

PLACE = "tokens|access_ct|link-1|creator-1|1"


def test_keys_that_are_lacking_are_named_by_how_values_begin() -> None:
    ring = Keyring([MasterKey("7", b"7" * 32), MasterKey("6", b"6" * 32)])

    assert ring.lacks([ring.canary()[:3], b"\x01\x016", b"\x01\x0244"]) == ["44"]
    assert ring.lacks([]) == []


@given(place=st.text(), plain=st.binary())
def test_what_is_sealed_opens_in_its_own_place(place: str, plain: bytes) -> None:
    ring = a_keyring()

    assert ring.open(place, ring.seal(place, plain)) == plain


@pytest.mark.parametrize(
    "other",
    [
        "tokens|refresh_ct|link-1|creator-1|1",
        "tokens|access_ct|link-2|creator-1|1",
        "tokens|access_ct|link-1|creator-2|1",
        "tokens|access_ct|link-1|creator-1|2",
        "outbox|access_ct|link-1|creator-1|1",
        "",
    ],
)
def test_a_value_that_was_moved_to_another_column_row_owner_or_generation_does_not_open(other: str) -> None:
    ring = a_keyring()

    with pytest.raises(SealNotOpened):
        ring.open(other, ring.seal(PLACE, b"secret"))


@given(data=st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    ring = a_keyring()
    sealed = bytearray(ring.seal(PLACE, b"secret"))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))

    with pytest.raises(SealNotOpened):
        ring.open(PLACE, bytes(sealed))


@given(junk=st.binary(max_size=80))
def test_junk_is_refused_with_a_value_error(junk: bytes) -> None:
    with pytest.raises(ValueError, match=r"value|key"):
        a_keyring().open(PLACE, junk)


def test_the_newest_key_encrypts_and_all_keys_open() -> None:
    old, both = a_keyring("k1"), a_keyring("k2", "k1")
    before, after = old.seal(PLACE, b"before"), both.seal(PLACE, b"after")

    assert (both.open(PLACE, before), both.open(PLACE, after)) == (b"before", b"after")
    assert (both.made_by_newest(before), both.made_by_newest(after)) == (False, True)
    with pytest.raises(SealNotOpened):
        old.open(PLACE, after)


def test_tokens_and_texts_are_sealed_with_different_keys() -> None:
    ring = a_keyring()
    ciphers = ring._ciphers

    assert ciphers["k1", "tokens"].encrypt(bytes(12), b"x", b"") != ciphers["k1", "texts"].encrypt(
        bytes(12), b"x", b""
    )


def test_the_same_value_never_looks_the_same_twice() -> None:
    ring = a_keyring()

    assert len({ring.seal(PLACE, b"secret") for _ in range(1000)}) == 1000


def test_the_canary_tells_a_wrong_key_from_the_right_one() -> None:
    canary = a_keyring("k1").canary()

    a_keyring("k2", "k1").check(canary)
    with pytest.raises(WrongKey, match="do not fit this database"):
        a_keyring("k2").check(canary)
    same_name = Keyring([MasterKey("k1", b"another secret of 32 bytes here!")])
    with pytest.raises(WrongKey):
        same_name.check(canary)


def test_keys_that_cannot_work_are_refused_at_once() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        MasterKey("k1", b"short")
    with pytest.raises(ValueError, match="1 to 64"):
        MasterKey("", bytes(32))
    with pytest.raises(ValueError, match="At least one"):
        Keyring([])
    with pytest.raises(ValueError, match="same id"):
        a_keyring("k1", "k1")


def test_a_key_does_not_show_itself() -> None:
    assert "k1-----" not in repr(MasterKey("k1", b"k1".ljust(32, b"-")))
