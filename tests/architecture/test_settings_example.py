"""`.env.example` and the settings are one list."""

import shutil
from pathlib import Path

import pytest

from bot.settings.loader import SettingsError, load
from bot.settings.model import Settings
from tests.architecture.example import example
from tests.architecture.source_tree import TOP
from tests.settings.test_settings import WHOLE

FILE = TOP / ".env.example"


def test_the_example_has_every_setting_in_order_with_comment_and_default() -> None:
    assert FILE.read_text(encoding="utf-8") == example()


def test_a_setting_has_one_line_that_says_what_it_is_or_where_to_get_it() -> None:
    descriptions = [field.description or "" for field in Settings.model_fields.values()]

    assert all(description and "\n" not in description for description in descriptions)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """As README says: nobody else may read what is filled in."""
    copy = tmp_path / ".env"
    shutil.copy(FILE, copy)
    copy.chmod(0o600)
    return copy


def test_the_example_as_it_is_lacks_only_what_nobody_else_can_know(copied: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load({}, copied)

    assert {(problem.name, problem.reason) for problem in caught.value.problems} == {
        (name, "is missing") for name in WHOLE
    }


def test_the_example_changes_no_default(copied: Path) -> None:
    assert load(WHOLE, copied) == load(WHOLE)
