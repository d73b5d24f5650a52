"""A picker in words, buttons and lists (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.fanvue.figures import MediaRow
from bot.features.inbox.purchases.total_texts import NOTE
from bot.features.publishing.media import texts as vault_texts
from bot.features.publishing.picker.model import MOST, PickedMessage, PickerBundle
from bot.features.publishing.picker.thumbnails import ItemTile
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, msgid_many, tr, tr_many
from bot.model.ports import Button, MessageToFan, Post
from bot.text.graphemes import letter_end
from bot.text.render import money
from bot.text.safe_text import one_line, safe
from storage.records import Cents, MediaId, Millis

LETTERS = "abcdefghij"  # of the numbers 1 to 10, as actions have no figures
ALL, FREE, OTHER, NONE, CLEAR = "all", "free", "other", "none", "clear"
STALE = msgid("That number is from an earlier page. Here is this one; press again.")
PROCESSING = msgid("Fanvue is still processing item {places}. Try again in a minute; everything is kept.")
GONE = msgid("Item {places} is no longer in the vault, so it was taken out. Check it and press {send} again.")
_FILES = msgid_many(
    "{n} file is still on the way to the vault. Press {send} again in a moment; everything is kept.",
    "{n} files are still on the way to the vault. Press {send} again in a moment; everything is kept.",
)
NOT_PRICED = msgid("You may answer, but not set prices. The owner can allow it with /team grant.")
NO_UPLOAD = msgid("You may not put files into the vault, so they were left out. Your text is kept.")
TWICE = msgid("Those files were already taken. What you wrote is kept; the first answer shows them.")
NO_FILES = msgid("No file came with the window. Press Upload … again and choose one.")
NO_VAULT = msgid(
    "Something in this reply can't be sent, and you may not open the vault. Ask a lead to check it."
)
NO_BUNDLE = msgid("That saved set was removed. Choose another one.")
LATE = msgid("This waited over 15 minutes. Not sent: check it once more and press Send again.")
PASSED = msgid("The time you chose has passed. Not sent: press Send again to send it now.")
NO_PICTURES = msgid("Pictures appear only in age-restricted channels: start in one, such as a fan's thread.")
_COVERED = msgid("Pictures are covered; tap one to see it. Only you see this.")
_NOTHING = msgid("Nothing here. Choose another folder, search again, or put files in with /media upload.")
_UNREADY = {
    "processing": msgid("still processing"),
    "created": msgid("not uploaded yet"),
    "error": msgid("failed on Fanvue"),
}
_TEXT, _LINES, _NAME, _LABEL = 400, 6, 40, 60
_TOP_BUNDLES, _OPTIONS = 3, 25


@dataclass(frozen=True)
class PickerScene:
    """All that a picker shows."""

    now: PickedMessage
    rows: Sequence[MediaRow]
    more: bool  # whether a page follows
    tiles: Mapping[MediaId, ItemTile]
    known: Mapping[MediaId, str]  # what this fan had before, or all of them, in words
    folders: Sequence[str]
    bundles: Sequence[PickerBundle]
    presets: Sequence[Cents]
    prices: bool
    adult: bool
    uploads: bool = False  # whether its reader may put files into the vault
    notice: str = ""


def shown(scene: PickerScene, prefix: str, title: str, ends: Sequence[Button]) -> tuple[Post, list[Choice]]:
    """The message with its buttons, and the lists between them."""
    body = [f"⚠️ {scene.notice}"] if scene.notice else []
    waits = 0 if scene.notice else scene.now.waits  # a notice says it, or something of more weight
    body += [
        preview(scene.now.message, scene.now.later, waits=waits),
        "\n".join(_lines(scene)) or tr(_NOTHING),
    ]
    numbers = tuple(_numbers(scene, prefix))
    steps = tuple(_steps(scene, prefix))
    buttons = (*numbers, *steps, *_bundle_buttons(scene, prefix), *ends)
    small = tr(_COVERED) if scene.adult else tr(NO_PICTURES)
    if scene.now.fan is None and scene.rows:
        small = f"{small}\n{tr(NOTE)}"
    return (
        Post(title=tr(title), body=tuple(body), small=small, buttons=buttons),
        list(_lists(scene, prefix, below=-(-len(numbers) // 5) + 1)),
    )


def preview(message: MessageToFan, later: Millis | None = None, *, waits: int = 0) -> str:
    """What is sent as things are. `later`: at which time. `waits`: files that are on their way to it."""
    items = tr_many("{n} item", "{n} items", len(message.media)) if message.media else ""
    price = f"**{money(message.price)}**" if message.price else tr("free") if message.media else ""
    free = ""
    if message.preview is not None and message.preview in message.media:
        free = tr("free preview: item {place}", place=message.media.index(message.preview) + 1)
    head = " · ".join(filter(None, [tr("**So far**"), items or tr("no media yet"), price, free]))
    when = [tr("⏰ Is sent <t:{at}:f>, <t:{at}:R>, once you press Send.", at=later // 1000)] if later else []
    coming = [_coming(waits)] if waits else []
    return "\n".join([head, *coming, *when, *_quoted(message.text)])


def files_wait(files: int, send: str) -> str:
    """Files are still on their way; `send`: the button to press again."""
    return tr_many(*_FILES, files, send=send)


def _coming(files: int) -> str:
    """So many files, at the beginning of a sentence."""
    return tr_many(
        "📤 {n} file is still on the way to the vault.",
        "📤 {n} files are still on the way to the vault.",
        files,
    )


def _quoted(text: str | None) -> list[str]:
    if not text:
        return []
    words = safe(text)
    cut = words if len(words) <= _TEXT else f"{words[: letter_end(words, _TEXT)].rstrip(chr(92))} …"
    lines = [f"> {line}" for line in cut.splitlines()]
    return lines if len(lines) <= _LINES else [*lines[:_LINES], "> …"]


def _lines(scene: PickerScene) -> Iterator[str]:
    """One line an item: its number, whether it is chosen, what it is, what the fan had."""
    for number, row in enumerate(scene.rows, start=1):
        if not vault_texts.sendable(row):
            yield f"**{number}** · {tr(_UNREADY.get(row.status or '', tr('not ready yet')))}"
            continue
        tile = scene.tiles.get(row.uuid)
        length = played(tile.length) if tile is not None and tile.length else ""
        name = safe(one_line(vault_texts.called(row), _NAME))
        chosen = "✓ " if row.uuid in scene.now.message.media else ""
        parts = [f"**{number}** {chosen}{vault_texts.kind_name(row)}", name, length, _before(scene, row)]
        yield " · ".join(filter(None, parts))


def _before(scene: PickerScene, row: MediaRow) -> str:
    known = scene.known.get(row.uuid)
    return known or (tr("bought") if row.purchased_by_fan else "")


def played(length: Millis) -> str:
    """Minutes and seconds: 0:12."""
    seconds = max(round(length / 1000), 1)
    return f"{seconds // 60}:{seconds % 60:02d}"


def _numbers(scene: PickerScene, prefix: str) -> Iterator[Button]:
    now = scene.now
    for number, row in enumerate(scene.rows):
        chosen = row.uuid in now.message.media
        yield Button(
            f"{prefix}.{LETTERS[number]}",
            now.ref,
            f"✓ {number + 1}" if chosen else str(number + 1),
            "success" if chosen else "secondary",
            disabled=not chosen and not vault_texts.sendable(row),
            also=(now.shelf.ref,),
            begins=number == 0,
        )


def _steps(scene: PickerScene, prefix: str) -> Iterator[Button]:
    now = scene.now
    yield Button(f"{prefix}.back", now.ref, "◀", disabled=now.shelf.page == 0, begins=True)
    yield Button(f"{prefix}.on", now.ref, "▶", disabled=not scene.more)
    yield Button(f"{prefix}.search", now.ref, tr("Search"))
    if scene.uploads:
        yield Button(f"{prefix}.upload", now.ref, tr("Upload …"))


def _bundle_buttons(scene: PickerScene, prefix: str) -> Iterator[Button]:
    for number, one in enumerate(scene.bundles[:_TOP_BUNDLES]):
        label = f"📦 {_called(one)}"
        yield Button(f"{prefix}.bundle", scene.now.ref, label, also=(one.template,), begins=number == 0)


def _called(bundle: PickerBundle) -> str:
    price = f" · {money(bundle.message.price)}" if bundle.message.price else ""
    return f"{one_line(bundle.name, _LABEL - len(price))}{price}"


def _lists(scene: PickerScene, prefix: str, below: int) -> Iterator[Choice]:
    now, message = scene.now, scene.now.message
    if scene.prices:
        price = tr("Price: {price}", price=money(message.price)) if message.price else tr("Price: none")
        options = [
            ChoiceOption(NONE, tr("No price")),
            *_priced(scene),
            ChoiceOption(OTHER, tr("Other price …")),
        ]
        yield Choice(f"{prefix}.price", now.ref, price, tuple(options), below=below)
    if message.media:
        chosen = tuple(_chosen(message))
        words = tr("Free preview, or take items out") if message.price else tr("Take items out")
        yield Choice(f"{prefix}.chosen", now.ref, words, chosen, below=below)
    if scene.folders or now.shelf.folder or now.shelf.words:
        yield Choice(f"{prefix}.folder", now.ref, _place(now), tuple(_folders(scene)), below=below)
    rest = scene.bundles[_TOP_BUNDLES : _TOP_BUNDLES + _OPTIONS]
    if rest:
        sets = tuple(ChoiceOption(one.template, _called(one)) for one in rest)
        yield Choice(f"{prefix}.bundles", now.ref, tr("More saved sets"), sets, below=below)


def _priced(scene: PickerScene) -> Iterator[ChoiceOption]:
    for cents in scene.presets[: _OPTIONS - 2]:
        yield ChoiceOption(str(cents), money(cents), chosen=cents == scene.now.message.price)


def _chosen(message: MessageToFan) -> Iterator[ChoiceOption]:
    if message.price:
        yield ChoiceOption(FREE, tr("No free preview"), chosen=message.preview is None)
        for place, item in enumerate(message.media[: MOST - 2]):
            label = tr("Preview: item {place} of {count}", place=place + 1, count=len(message.media))
            yield ChoiceOption(str(place), label, chosen=item == message.preview)
    yield ChoiceOption(CLEAR, tr("Take all items out"))


def _place(now: PickedMessage) -> str:
    if now.shelf.words:
        return one_line(tr("Found: “{words}”", words=now.shelf.words), _LABEL)
    return (
        one_line(tr("Folder: {name}", name=now.shelf.folder), _LABEL)
        if now.shelf.folder
        else tr("Folder: all of the vault")
    )


def _folders(scene: PickerScene) -> Iterator[ChoiceOption]:
    yield ChoiceOption(ALL, tr("All of the vault"))
    for name in scene.folders[: _OPTIONS - 1]:
        yield ChoiceOption(f"in:{name}", name, chosen=name == scene.now.shelf.folder)
