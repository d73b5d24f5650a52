"""The texts of a post's preview, and those about it afterwards (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.features.publishing.posts.plan_rules import AUDIENCES, PlannedPost
from bot.model.language import msgid, msgid_many, number_text, tr, tr_many
from bot.text.moments import ahead, for_you, spelled, stamp
from bot.text.render import money
from bot.text.safe_text import parts_of, plain, safe
from bot.text.time_zones import zone_of
from bot.text.typed_times import NO_ZONE
from storage.records import MediaId, Millis

_TEXT = 2400  # characters of the text's safe form that are shown: a Discord message holds 4,000 in all
_LINES = 60  # each costs a mark of its own
_FILES = {
    "image": (msgid("photo"), msgid_many("{n} photo", "{n} photos")),
    "video": (msgid("video"), msgid_many("{n} video", "{n} videos")),
    "audio": (msgid("audio file"), msgid_many("{n} audio file", "{n} audio files")),
    "document": (msgid("document"), msgid_many("{n} document", "{n} documents")),
}
_FILE = (msgid("file"), msgid_many("{n} file", "{n} files"))


def title(handle: str) -> str:
    return tr("A post of @{handle}", handle=safe(handle))


def body(
    made: PlannedPost, kinds: Mapping[MediaId, str | None], now: Millis, *, chosen: bool
) -> tuple[str, ...]:
    """To whom, when, for how much, with what; then the text. `chosen`: the creator has chosen a zone."""
    facts = [
        tr("**Who sees it:** {audience}", audience=tr(AUDIENCES[made.audience])),
        tr("**When:** {when}", when=_when(made, now)),
        tr(
            "**Price:** {price}",
            price=tr("{price} to unlock", price=money(made.price)) if made.price else tr("free"),
        ),
        tr("**Media:** {items}", items=_counted(kinds[item] for item in made.media)),
    ]
    if made.preview is not None:
        facts.append(
            tr("**Free preview:** {place}a {kind}", place=_place(made), kind=one_of(kinds[made.preview]))
        )
    if made.expires_at is not None:
        ends = spelled(made.expires_at, now, zone_of(made.zone))
        facts.append(tr("**Expires:** {ends}, {for_you}", ends=ends, for_you=for_you(made.expires_at)))
    if made.collections:
        facts.append(
            tr("**Collections:** {names}", names=", ".join(safe(name) for _, name in made.collections))
        )
    if (made.publish_at is not None or made.expires_at is not None) and not chosen:
        facts.append(f"⚠️ {tr(NO_ZONE)}")
    return ("\n".join(facts), _text(made.text))


def _place(made: PlannedPost) -> str:
    """Which of the items it is; nothing where it is none of those that are sold."""
    at = made.media.index(made.preview) + 1 if made.preview in made.media else 0
    return tr("item {at}, ", at=at) if at else ""


def button(made: PlannedPost) -> str:
    """The label of the button that publishes it."""
    return tr("Publish now") if made.publish_at is None else tr("Schedule it")


def warning(made: PlannedPost, now: Millis) -> str:
    """The result of the press."""
    if made.publish_at is None:
        return tr("It is published as soon as you confirm.")
    return tr(
        "When you confirm, Fanvue keeps it and publishes it then, {ahead}.", ahead=ahead(made.publish_at, now)
    )


def told(made: PlannedPost) -> str:
    """Its result, after its name: Post published; never its text."""
    if made.publish_at is None:
        return tr("published")
    return tr("scheduled for {at}", at=stamp(made.publish_at))


def _when(made: PlannedPost, now: Millis) -> str:
    if made.publish_at is None:
        return tr("right away")
    return f"{spelled(made.publish_at, now, zone_of(made.zone))}, {for_you(made.publish_at)}"


def _counted(kinds: Iterable[str | None]) -> str:
    counted = Counter(_FILES.get(kind or "", _FILE) for kind in kinds)
    return ", ".join(tr_many(*words, n, n=n) for (_one, words), n in counted.items()) or tr("none")


def one_of(kind: str | None) -> str:
    """A file by its kind: photo."""
    return tr(_FILES.get(kind or "", _FILE)[0])


def _text(text: str | None) -> str:
    if text is None:
        return tr("(no text)")
    shown = "\n".join(parts_of(text, _TEXT)[0].split("\n")[:_LINES])
    rest = len(plain(text)) - len(shown)
    quoted = "\n".join(f"> {safe(line)}" for line in shown.split("\n"))
    if not rest:
        return quoted
    return tr(
        "{quoted}\n… and {rest} more characters, published as you typed them ({all} in all).",
        quoted=quoted,
        rest=number_text(rest),
        all=number_text(len(text)),
    )


def not_allowed(handle: str, lacking: Sequence[str], nothing: str) -> str:
    """Fanvue lacks these permissions of the creator; `nothing`: that nothing happened."""
    return tr_many(
        "Fanvue does not allow this for @{handle} yet: {lacking} is missing. {nothing} Run /link again and "
        "allow it.",
        "Fanvue does not allow this for @{handle} yet: {lacking} are missing. {nothing} Run /link again and "
        "allow it.",
        len(lacking),
        handle=safe(handle),
        lacking=tr(" and ").join(lacking),
        nothing=nothing,
    )
