"""Ten features can be taken away, and an option of a command is eight files."""

import shutil
from pathlib import Path

import pytest

from tests.architecture.feature_page import OPTION, pieces, put, touched
from tests.architecture.leaf_features import LEAVES, LeafFeature, take_away
from tests.architecture.source_tree import PACKAGES, TOP, dotted, imported, modules


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.folder)
def test_no_other_module_of_the_program_imports_a_leaf(leaf: LeafFeature) -> None:
    feature = f"bot.features.{leaf.folder.replace('/', '.')}"
    gone = (feature, *(f"cogs.{leaf.area}.{cog}" for cog in leaf.cogs))
    own = [
        path for path in modules(*PACKAGES) if dotted(path).startswith(f"{feature}.") or dotted(path) in gone
    ]

    asking = {
        path.relative_to(TOP).as_posix()
        for path in modules(*PACKAGES)
        if path not in own
        and any(name == one or name.startswith(f"{one}.") for name in imported(path) for one in gone)
    }

    assert len(own) > len(leaf.cogs) + 1
    assert asking == {"bot/app/features.py"}


def test_what_is_taken_away_is_gone_and_the_list_still_is_python(tmp_path: Path) -> None:
    for folder in ("bot/app", "bot/features", "cogs", "tests/features"):
        shutil.copytree(TOP / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))

    for leaf in LEAVES:
        take_away(tmp_path, leaf)

    text = (tmp_path / "bot/app/features.py").read_text(encoding="utf-8")
    compile(text, "features.py", "exec")
    assert not any(f"import {leaf.folder.partition('/')[2]}\n" in text for leaf in LEAVES)
    assert not any((tmp_path / "bot/features" / leaf.folder).exists() for leaf in LEAVES)


def test_the_page_about_an_option_fits_what_is_there_and_counts_right(tmp_path: Path) -> None:
    for path, _kind, _text in pieces(OPTION):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / path, tmp_path / path)

    put(tmp_path, OPTION)

    assert touched(OPTION) == (0, 7)
    assert "counts the files: seven." in (TOP / "docs" / OPTION).read_text(encoding="utf-8")
