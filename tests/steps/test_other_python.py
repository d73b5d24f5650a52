"""Which Pythons the other ones are, and which of them can be used."""

import sys
from pathlib import Path

from tests.steps.other_python import found, others, supported


def test_the_others_are_the_oldest_and_the_images_without_the_one_that_runs() -> None:
    oldest, image = supported()

    assert others([oldest, image], oldest) == [image]
    assert others([oldest, image], image) == [oldest]
    assert others([oldest, oldest], "3.0") == [oldest]
    assert [int(part) for part in oldest.split(".")] <= [int(part) for part in image.split(".")]


def test_a_name_that_starts_no_python_is_passed_over(tmp_path: Path) -> None:
    empty, broken, whole = (tmp_path / name for name in ("empty", "broken", "whole"))
    for folder in (empty, broken, whole):
        folder.mkdir()
    (broken / "python3.0").write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    (broken / "python3.0").chmod(0o700)
    assert found("3.0", [str(empty), str(broken)]) is None

    (whole / "python3.0").symlink_to(sys.executable)

    assert found("3.0", [str(empty), str(broken), str(whole)]) == whole / "python3.0"
