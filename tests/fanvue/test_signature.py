"""Nothing is believed but the exact bytes that a known secret signed, now."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fanvue.signature import SignatureMatch, SignatureRefusal, sign, verify

SECRET = "whsec_new"
OLD = "whsec_old"
SECONDS = 1_795_521_600
NOW = SECONDS * 1000
RAW = b'{"id": "e-1",  "type":"creator.message.received"}'
GOOD = sign(RAW, SECRET, SECONDS)
DIGEST = GOOD.split("v0=")[1]


def test_a_signature_of_the_raw_bytes_is_believed() -> None:
    expected = hmac.new(SECRET.encode(), str(SECONDS).encode() + b"." + RAW, hashlib.sha256).hexdigest()

    assert verify(f"t={SECONDS},v0={expected}", RAW, [SECRET], NOW) == SignatureMatch(0)


def test_the_secret_that_signed_is_told() -> None:
    assert verify(sign(RAW, OLD, SECONDS), RAW, [SECRET, OLD], NOW) == SignatureMatch(1)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param(None, SignatureRefusal.MISSING, id="no header"),
        pytest.param("", SignatureRefusal.MISSING, id="empty"),
        pytest.param("v0=" + DIGEST, SignatureRefusal.MALFORMED, id="no time"),
        pytest.param(f"t={SECONDS}", SignatureRefusal.MALFORMED, id="no signature"),
        pytest.param(f"t={SECONDS},{GOOD}", SignatureRefusal.MALFORMED, id="time twice"),
        pytest.param(f"t={SECONDS},t=1,v0={DIGEST}", SignatureRefusal.MALFORMED, id="two times"),
        pytest.param(f"t=,v0={DIGEST}", SignatureRefusal.MALFORMED, id="empty time"),
        pytest.param(f"t=-{SECONDS},v0={DIGEST}", SignatureRefusal.MALFORMED, id="negative time"),
        pytest.param(f"t={SECONDS}.0,v0={DIGEST}", SignatureRefusal.MALFORMED, id="time with a fraction"),
        pytest.param(f"t=\u0661{SECONDS},v0={DIGEST}", SignatureRefusal.MALFORMED, id="other digits"),
        pytest.param("t=" + "9" * 13 + f",v0={DIGEST}", SignatureRefusal.MALFORMED, id="time too long"),
        pytest.param(f"t={SECONDS},v0=", SignatureRefusal.MALFORMED, id="empty signature"),
        pytest.param(f"t={SECONDS},v0={DIGEST[:-1]}", SignatureRefusal.MALFORMED, id="short signature"),
        pytest.param(f"t={SECONDS},v0={'z' * 64}", SignatureRefusal.MALFORMED, id="not hex"),
        pytest.param(f"t={SECONDS},v1={DIGEST}", SignatureRefusal.MALFORMED, id="another version only"),
        pytest.param(GOOD + (",v0=" + "0" * 64) * 4, SignatureRefusal.MALFORMED, id="too many signatures"),
        pytest.param(GOOD + "," * 2000, SignatureRefusal.MALFORMED, id="too long"),
        pytest.param(f"t={SECONDS},v0={'0' * 64}", SignatureRefusal.WRONG, id="wrong signature"),
        pytest.param(
            f"t=0{SECONDS},v0={DIGEST}", SignatureRefusal.WRONG, id="the same time written differently"
        ),
        pytest.param(sign(RAW, "other", SECONDS), SignatureRefusal.WRONG, id="wrong secret"),
        pytest.param(sign(RAW, SECRET, SECONDS - 301), SignatureRefusal.STALE, id="301 s old"),
        pytest.param(sign(RAW, SECRET, SECONDS + 301), SignatureRefusal.STALE, id="301 s ahead"),
        pytest.param(sign(RAW, SECRET, SECONDS - 300), SignatureMatch(0), id="300 s old"),
        pytest.param(sign(RAW, SECRET, SECONDS + 300), SignatureMatch(0), id="300 s ahead"),
        pytest.param(f"t={SECONDS}, v0={DIGEST.upper()}", SignatureMatch(0), id="a space and capital hex"),
        pytest.param(f"t={SECONDS},v0={'0' * 64},v0={DIGEST}", SignatureMatch(0), id="one of two signatures"),
        pytest.param(
            f"t={SECONDS},v0={'0' * 64},{DIGEST}", SignatureMatch(0), id="the new secret while it is rotated"
        ),
        pytest.param(
            f"t={SECONDS},v0={'0' * 64}, {DIGEST.upper()}", SignatureMatch(0), id="likewise, with a space"
        ),
        pytest.param(GOOD + ",words", SignatureMatch(0), id="a bare word beside it"),
        pytest.param(GOOD + ("," + "0" * 64) * 4, SignatureRefusal.MALFORMED, id="too many bare signatures"),
        pytest.param(f"t={SECONDS},v0={'0' * 64},{'1' * 64}", SignatureRefusal.WRONG, id="two wrong ones"),
        pytest.param(GOOD + ",v1=later", SignatureMatch(0), id="a newer version beside it"),
    ],
)
def test_each_header_has_one_verdict(header: str | None, expected: SignatureMatch | SignatureRefusal) -> None:
    assert verify(header, RAW, [SECRET, OLD], NOW) == expected


@given(place=st.integers(0, len(RAW) - 1), other=st.integers(1, 255))
def test_one_changed_byte_is_not_believed(place: int, other: int) -> None:
    changed = bytearray(RAW)
    changed[place] ^= other

    assert verify(GOOD, bytes(changed), [SECRET], NOW) is SignatureRefusal.WRONG


@given(header=st.text(max_size=200), raw=st.binary(max_size=50))
def test_no_made_up_header_is_believed(header: str, raw: bytes) -> None:
    assert isinstance(verify(header, raw, [SECRET], NOW), SignatureRefusal)


@given(time=st.integers(0, 10**12 - 1), digest=st.binary(min_size=32, max_size=32))
def test_no_made_up_signature_is_believed(time: int, digest: bytes) -> None:
    assert verify(f"t={time},v0={digest.hex()}", RAW, [SECRET, OLD], time * 1000) is SignatureRefusal.WRONG


@pytest.mark.parametrize("secrets", [[], [""], [SECRET, ""]], ids=repr)
def test_nothing_is_checked_without_a_secret(secrets: list[str]) -> None:
    with pytest.raises(ValueError, match="secret"):
        verify(GOOD, RAW, secrets, NOW)
