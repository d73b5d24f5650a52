"""A rule explains its own words, and nothing else."""

import json
from typing import Any

import pytest

from tests.proofs.foreign_clients.explanations import EXPLANATIONS, explained


def disliked(check: str, status: int, *errors: str, **request: str) -> dict[str, Any]:
    asked = {"method": "POST", "address": "/posts", **request}
    return {"check": check, "status": status, "answer": json.dumps({"errors": list(errors)}), **asked}


@pytest.mark.parametrize(
    ("status", "errors", "reasons"),
    [
        (400, ["price needs mediaUuids"], 1),
        (400, ["price needs mediaUuids", "text or mediaUuids is required"], 2),
        (400, ["price needs mediaUuids", "audience is not a known field"], 0),
        (400, ["price needs mediaUuids and more"], 0),
        (500, ["price needs mediaUuids"], 0),
    ],
)
def test_each_complaint_of_an_answer_needs_a_reason(status: int, errors: list[str], reasons: int) -> None:
    failure = disliked("positive_data_acceptance", status, *errors)

    assert len(list(explained(failure))) == reasons


def test_a_rule_is_for_one_check() -> None:
    assert not list(explained(disliked("response_schema_conformance", 400, "price needs mediaUuids")))


def test_an_answer_that_is_no_json_has_no_reason() -> None:
    failure = {**disliked("content_type_conformance", 404), "answer": "404: Not Found"}

    assert not list(explained(failure))


@pytest.mark.parametrize(
    ("method", "address", "reasons"),
    [("GET", "/media/uploads?page=1", 1), ("TRACE", "/media/uploads", 0)],
)
def test_a_method_that_is_there_is_no_unknown_one(method: str, address: str, reasons: int) -> None:
    failure = disliked("unsupported_method", 400, "a body is required", method=method, address=address)

    assert len(list(explained(failure))) == reasons


def test_no_rule_takes_any_words() -> None:
    failures = [disliked(rule.check, rule.status, "anything", method="TRACE") for rule in EXPLANATIONS]

    assert [failure for failure in failures if list(explained(failure))] == []
