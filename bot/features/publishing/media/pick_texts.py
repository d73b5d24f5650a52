"""Items of a vault picked together: the list, the picks, its buttons (pure)."""

from dataclasses import replace

from bot.features.publishing.media.shelves import ON_A_PAGE, MediaShelf
from bot.features.publishing.media.texts import USE, called, kind_name, label, plain_line, sendable, when
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.safe_text import one_line, safe

_NAMES = 300  # characters
BUNDLE, HAD, PICK = "media.bundle", "media.had", "media.pick"
NOTHING = msgid("Nothing is picked. Pick items in the list under /media browse first.")
TOO_MANY = msgid("That is more than {most} items, the limit for a bundle. Your earlier picks are kept.")
_USE = msgid("Your picks stay while you turn pages.")
_KEEP = msgid(
    " Save them as a bundle: a template with a name, optionally a price and a text, for "
    "`template:` in /reply, /mass new and /post new."
)


def choice(shelf: MediaShelf, number: int, ref: str) -> Choice | None:
    """The items of a page to pick; those picked already stand chosen."""
    options = [
        ChoiceOption(
            str(place),
            label(f"{number * ON_A_PAGE + place + 1}. {plain_line(row, price=False)}"),
            when(row),
            chosen=row.uuid in shelf.picked,
        )
        for place, row in enumerate(shelf.page(number))
        if sendable(row)
    ]
    words = tr("Pick for a bundle …") if shelf.bundles else tr("Pick several …")
    return Choice(PICK, ref, words, tuple(options), len(options), least=0) if options else None


def buttons(ref: str, *, bundles: bool) -> tuple[Button, ...]:
    """The actions on items picked or looked at; `bundles`: for those who may keep them."""
    keep = (Button(BUNDLE, ref, tr("Save as bundle")),) if bundles else ()
    return (*keep, Button(HAD, ref, tr("Who had it")))


def told(page: Post, shelf: MediaShelf) -> Post:
    """A page that also says what is picked."""
    if not shelf.picked:
        return page
    rows = {row.uuid: row for row in shelf.rows}
    names = [called(rows[one]) or kind_name(rows[one]) for one in shelf.picked if one in rows]
    said = safe(one_line(", ".join(names), _NAMES))
    rest = (page.small or "").replace(f"{tr(USE)} ", "")
    small = "\n".join(one for one in (rest, tr(_USE) + (tr(_KEEP) if shelf.bundles else "")) if one)
    return replace(
        page,
        body=(*page.body, tr("**Picked: {count}** · {names}", count=len(shelf.picked), names=said)),
        small=small,
    )
