"""The front door under fire, in small; and a judge that can be wrong."""

import random
from pathlib import Path

import pytest

from bot.fanvue.signature import SignatureMatch, sign, verify
from tests.proofs.fuzz.fuzz_requests import SECRETS, shot, signature
from tests.proofs.fuzz.fuzz_run import fuzz
from tests.proofs.fuzz.sign_in_requests import is_given
from tests.proofs.fuzz.signature_verifier import authentic

NOW = 1_795_521_600


async def test_two_thousand_mutated_requests_let_nothing_forged_in_and_break_nothing(tmp_path: Path) -> None:
    score = await fuzz(tmp_path, requests=2_000, seed=20_261_124)

    assert score.examples == []
    assert score.good
    assert score.requests == 2_000
    # It was a fight: many were let in, many turned away, in every way there is.
    assert score.statuses[200] > 400
    assert score.statuses[401] > 400
    assert {400, 404, 405, 415} <= set(score.statuses)
    assert {200, 201, 303, 400, 404} <= set(score.sign_ins)
    # On every page of a feature, too; one that answers 200 to none needs a query in `page_requests`.
    assert {page.operator for page in score.pages} == {False, True}
    assert [page for page, answers in score.pages.items() if 401 not in answers] == []
    assert [page for page in score.pages if not score.answered(page)] == []


def test_the_judge_and_the_bridge_agree_on_ten_thousand_headers() -> None:
    rng = random.Random(7)  # noqa: S311 - repeatable on purpose
    seen = {True: 0, False: 0}
    for _ in range(10_000):
        one = shot(rng, NOW)
        if not one.whole or not one.signatures:
            continue
        (header,) = one.signatures
        ours = isinstance(verify(header, one.body, SECRETS, NOW * 1000), SignatureMatch)
        assert ours == authentic(header, one.body, SECRETS, NOW), (header, one.body[:80])
        seen[ours] += 1

    assert min(seen.values()) > 1_000


@pytest.mark.parametrize("secret", SECRETS)
def test_the_judge_knows_fanvues_own_signatures(secret: str) -> None:
    body = b'{"type":"x"}'

    assert signature(body, NOW, secret) == sign(body, secret, NOW)
    assert authentic(sign(body, secret, NOW), body, SECRETS, NOW)
    assert not authentic(sign(body, "other", NOW), body, SECRETS, NOW)
    assert not authentic(sign(body, secret, NOW), body + b" ", SECRETS, NOW)
    assert not authentic(sign(body, secret, NOW - 301), body, SECRETS, NOW)


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        (b'HTTP/1.1 200 OK\r\n\r\n{"access_token": "x"}', True),
        (b"HTTP/1.1 303 See Other\r\nLocation: http://127.0.0.1/callback?code=x\r\n\r\n", True),
        (b"HTTP/1.1 303 See Other\r\nLocation: /oauth/consent\r\n\r\n", False),
        (b'HTTP/1.1 400 Bad Request\r\n\r\n{"error": "invalid_grant"}', False),
    ],
)
def test_the_judge_knows_a_token_and_a_code_when_it_sees_one(answer: bytes, given: bool) -> None:  # noqa: FBT001 - a table
    assert is_given(answer) is given
