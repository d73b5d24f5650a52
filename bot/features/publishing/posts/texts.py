"""The texts of a post's preview, and those about it afterwards (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.features.publishing.posts.plan_rules import AUDIENCES, PlannedPost
from bot.text.moments import ahead, for_you, spelled, stamp
from bot.text.render import money
from bot.text.safe_text import parts_of, plain, safe
from bot.text.time_zones import zone_of
from bot.text.typed_times import NO_ZONE
from storage.records import MediaId, Millis

_TEXT = 2400  # characters of the text's safe form that are shown: a Discord message holds 4,000 in all
_LINES = 60  # each costs a mark of its own
_FILES = {
    "image": ("photo", "photos"),
    "video": ("video", "videos"),
    "audio": ("audio file", "audio files"),
    "document": ("document", "documents"),
}
_FILE = ("file", "files")


def title(handle: str) -> str:
    return f"A post of @{safe(handle)}"


def body(
    made: PlannedPost, kinds: Mapping[MediaId, str | None], now: Millis, *, chosen: bool
) -> tuple[str, ...]:
    """To whom, when, for how much, with what; then the text. `chosen`: the creator has chosen a zone."""
    facts = [
        f"**Who sees it:** {AUDIENCES[made.audience]}",
        f"**When:** {_when(made, now)}",
        f"**Price:** {f'{money(made.price)} to unlock' if made.price else 'free'}",
        f"**Media:** {_counted(kinds[item] for item in made.media)}",
    ]
    if made.preview is not None:
        facts.append(f"**Free preview:** {_place(made)}a {one_of(kinds[made.preview])}")
    if made.expires_at is not None:
        ends = spelled(made.expires_at, now, zone_of(made.zone))
        facts.append(f"**Expires:** {ends}, {for_you(made.expires_at)}")
    if made.collections:
        facts.append(f"**Collections:** {', '.join(safe(name) for _, name in made.collections)}")
    if (made.publish_at is not None or made.expires_at is not None) and not chosen:
        facts.append(f"⚠️ {NO_ZONE}")
    return ("\n".join(facts), _text(made.text))


def _place(made: PlannedPost) -> str:
    """Which of the items it is; nothing where it is none of those that are sold."""
    at = made.media.index(made.preview) + 1 if made.preview in made.media else 0
    return f"item {at}, " if at else ""


def button(made: PlannedPost) -> str:
    """The label of the button that publishes it."""
    return "Publish now" if made.publish_at is None else "Schedule it"


def warning(made: PlannedPost, now: Millis) -> str:
    """The result of the press."""
    if made.publish_at is None:
        return "It is published as soon as you confirm."
    return f"When you confirm, Fanvue keeps it and publishes it then, {ahead(made.publish_at, now)}."


def told(made: PlannedPost) -> str:
    """Its result, after its name: Post published; never its text."""
    if made.publish_at is None:
        return "published"
    return f"scheduled for {stamp(made.publish_at)}"


def _when(made: PlannedPost, now: Millis) -> str:
    if made.publish_at is None:
        return "right away"
    return f"{spelled(made.publish_at, now, zone_of(made.zone))}, {for_you(made.publish_at)}"


def _counted(kinds: Iterable[str | None]) -> str:
    counted = Counter(_FILES.get(kind or "", _FILE) for kind in kinds)
    return ", ".join(f"{n} {one if n == 1 else many}" for (one, many), n in counted.items()) or "none"


def one_of(kind: str | None) -> str:
    """A file by its kind: photo."""
    return _FILES.get(kind or "", _FILE)[0]


def _text(text: str | None) -> str:
    if text is None:
        return "(no text)"
    shown = "\n".join(parts_of(text, _TEXT)[0].split("\n")[:_LINES])
    rest = len(plain(text)) - len(shown)
    quoted = "\n".join(f"> {safe(line)}" for line in shown.split("\n"))
    if not rest:
        return quoted
    return f"{quoted}\n… and {rest:,} more characters, published as you typed them ({len(text):,} in all)."
