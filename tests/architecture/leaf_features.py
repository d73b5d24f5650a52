"""Ten features that nobody else asks for, and how each is taken out of a tree."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class LeafFeature:
    """A folder of `bot/features`, and its modules in the same area of `cogs`."""

    folder: str
    cogs: Sequence[str] = ()

    @property
    def area(self) -> str:
        """The area that it belongs to."""
        return self.folder.partition("/")[0]


LEAVES: Final = (
    LeafFeature("inbox/chat_settings", ("chat", "chat_views")),
    LeafFeature("inbox/forum_overflow"),
    LeafFeature("inbox/profiles", ("profile_views",)),
    LeafFeature("inbox/timers", ("timers",)),
    LeafFeature("money/credit", ("credit", "credit_views")),
    LeafFeature("money/digests", ("digest", "digest_views", "zone")),
    LeafFeature("people/reviews", ("review_history", "review_history_views")),
    LeafFeature("people/workload", ("team_figures", "workload_views")),
    LeafFeature("publishing/links", ("links", "link_views")),
    LeafFeature("publishing/post_threads", ("posts_follow", "post_thread_views")),
)


def take_away(top: Path, leaf: LeafFeature) -> None:
    """Delete its folder, its cogs, its tests, and its lines in FEATURES; nothing else of the tree changes."""
    for folder in ("bot/features", "tests/features"):
        shutil.rmtree(top / folder / leaf.folder)
    for cog in leaf.cogs:
        (top / "cogs" / leaf.area / f"{cog}.py").unlink()
        for words in (top / "cogs" / leaf.area).glob(f"{cog}.*.json"):
            words.unlink()
    features, name = top / "bot" / "app" / "features.py", leaf.folder.partition("/")[2]
    lines = rf"^(from bot\.features\.{leaf.area}\.{name} import .*| +{name}\.build\w*,.*)\n"
    left, taken = re.subn(lines, "", features.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert taken > 1, f"FEATURES does not name {name}"
    features.write_text(left, encoding="utf-8")
