"""Texts about templates (pure)."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.access.roles import MoneyView, Permission
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Button, MessageToFan, Post
from bot.relay.message_template import TypedTemplate
from bot.text.percentages import in_tens
from bot.text.rejected_input import RejectedInput, given_back
from bot.text.render import money
from bot.text.safe_text import one_line, parts_of, safe
from storage.inbox.templates import StoredTemplate, TemplateFigures
from storage.records import MediaId

MEDIA = "template.media"  # opens the gallery over it
NO_SUCH = msgid("This creator has no such template. Choose one from the list while you type.")
NO_RIGHT = msgid("You may no longer write templates for this creator. Not saved: ask the owner.")
REMOVED_MEANWHILE = msgid(
    "This template was removed while your window was open. Not saved: add it again with /template add."
)
NOT_FOR_ALL = msgid(
    "Only someone who leads all of this server's creators can write a shared template. "
    "Leave `whose:` empty to keep it for this creator."
)
SHARED_MEDIA = msgid(
    "Media belong to one creator's vault, so a template with media can't be shared. Not "
    "saved: remove the media, or keep it for one creator."
)
_DAMAGED = msgid("We can't read its text: the stored copy is damaged.")
_NONE = msgid("No templates yet. Write one with /template add.")
_HOW = msgid("Use one with `/reply template:` – we fill in the words in braces.")
_LABEL = 100  # Discord: characters of a suggestion
_ROOM, _NAMES = 3000, 2400  # characters that one answer shows in all; and of the names of items in it
FIRST = 2  # items of a template that a list of templates names
_GONE = msgid("no longer in the vault")
_SEEN = msgid("everyone sees it before they buy")


def kept_none() -> Post:
    """Its gallery was closed, and it is not there."""
    return Post(body=(tr("Not saved. Start a new one with /template add."),))


def taken(name: str) -> str:
    """There is one with this name."""
    return tr(
        "There is already a template “{name}”. Not saved: choose another name, or change that one.",
        name=safe(name),
    )


def full(most: int) -> str:
    return tr("There are {most} templates here, the most we keep. Not saved: remove one first.", most=most)


def label(kept: StoredTemplate, message: MessageToFan | None) -> str:
    return one_line(" · ".join((kept.name, *_marks(kept, message))), _LABEL)


def listed(
    page: Sequence[tuple[StoredTemplate, MessageToFan | None]],
    number: int,
    pages: int,
    items: Mapping[str, str] | None = None,
) -> Post:
    """One page of names; `items`: the names of each one's first items, where they are known."""
    plain = [
        " · ".join((f"**{safe(kept.name)}**", *map(safe, _marks(kept, message)))) for kept, message in page
    ]
    full = [
        " · ".join((line, *_first(message, items))) for line, (_, message) in zip(plain, page, strict=True)
    ]
    lines = full if len("\n".join(full)) <= _ROOM else plain
    more = (
        tr(
            "Page {number} of {pages}. /template list page:{following} shows more.",
            number=number,
            pages=pages,
            following=number + 1,
        )
        if number < pages
        else ""
    )
    small = "\n".join(filter(None, (more, tr(_HOW))))
    return Post(title=tr("Templates"), body=("\n".join(lines) or tr(_NONE),), small=small)


def shown(
    kept: StoredTemplate,
    message: MessageToFan,
    *,
    usage: str,
    buttons: tuple[Button, ...],
    items: Mapping[str, str] | None = None,
) -> Post:
    """One template and its use. `items`: the names of those in the vault; None where nobody can tell."""
    facts = [*_marks(kept, message), tr("changed by <@{by}> <t:{at}:R>", by=kept.by, at=kept.at // 1000)]
    if kept.used_at is not None:
        facts.append(tr("last used <t:{at}:R>", at=kept.used_at // 1000))
    return Post(
        title=safe(kept.name),
        body=_body(message, items),
        small=f"{' · '.join(facts)}\n{usage}",
        buttons=buttons,
    )


def changes(kept: StoredTemplate, permissions: Collection[Permission]) -> tuple[Button, ...]:
    """What somebody with these permissions may do with it. Media lie in one creator's vault."""
    if Permission.APPROVE not in permissions:
        return ()
    looks = Permission.MEDIA in permissions and not kept.shared
    media = (Button(MEDIA, kept.id, tr("Media …")),) if looks else ()
    return (Button("template.edit", kept.id, tr("Change")), *media)


def usage(figures: TemplateFigures, level: MoneyView) -> str:
    """Its use, and its purchases where they are kept, for readers who see figures."""
    many = []
    if figures.masses:
        many.append(_masses(figures, level))
    if figures.posts:
        many.append(tr_many("In {n} post.", "In {n} posts.", figures.posts))
    ones = [_replies(figures, level)] if figures.sent else []
    return " ".join([*ones, *many]) or tr("Not sent yet.")


def _replies(figures: TemplateFigures, level: MoneyView) -> str:
    said = tr_many("Sent once", "Sent {n} times", figures.sent)
    if not figures.offered or level is MoneyView.HIDDEN:
        return f"{said}."
    if level is MoneyView.BANDED:
        share = in_tens(figures.bought, figures.offered)
        if share is None:
            # Translators: {sent} is “Sent 12 times”
            return tr("{sent}, too few to say how much of what had a price was bought.", sent=said)
        return tr("{sent}, {share} of what had a price was bought.", sent=said, share=share)
    percent = 100 * figures.bought / figures.offered
    return tr(
        "{sent}, {bought} of {offered} with a price bought ({percent} %).",
        sent=said,
        bought=number_text(figures.bought),
        offered=number_text(figures.offered),
        percent=f"{percent:.0f}",
    )


def _masses(figures: TemplateFigures, level: MoneyView) -> str:
    """Fanvue's counters stand still a week after each: that is when they are read last."""
    share = _unlocked(figures, level)
    if share is None:
        return tr_many(
            "In {n} mass message: see the result of it in /mass show.",
            "In {n} mass messages: see the result of them in /mass show.",
            figures.masses,
        )
    # Translators: {share} is “40% of the recipients bought it”
    return tr_many(
        "In {n} mass message, {share}, counted up to a week after. /mass show shows more.",
        "In {n} mass messages, {share}, counted up to a week after. /mass show shows more.",
        figures.masses,
        share=share,
    )


def _unlocked(figures: TemplateFigures, level: MoneyView) -> str | None:
    """The buyers of those with a price; None: nobody had one, or its reader sees no figures."""
    if not figures.reached or level is MoneyView.HIDDEN:
        return None
    if level is MoneyView.BANDED:
        share = in_tens(figures.unlocked, figures.reached)
        return (
            tr("too few to say how many bought it")
            if share is None
            else tr("{share} of the recipients bought it", share=share)
        )
    percent = 100 * figures.unlocked / figures.reached
    return tr(
        "{unlocked} of {reached} recipients for a price bought it ({percent} %)",
        unlocked=number_text(figures.unlocked),
        reached=number_text(figures.reached),
        percent=f"{percent:.0f}",
    )


def saved(kept: StoredTemplate, message: MessageToFan, buttons: tuple[Button, ...] = ()) -> Post:
    price = (tr("**Price** {price}", price=money(message.price)),) if message.price is not None else ()
    small = "\n".join((*((tr("all creators"),) if kept.shared else ()), tr(_HOW)))
    return Post(
        title=tr("Saved: {name}", name=safe(kept.name)),
        body=(*_body(message), *price),
        small=small,
        buttons=buttons,
    )


def removed(kept: StoredTemplate, message: MessageToFan | None) -> Post:
    """It was deleted; None: it was damaged."""
    if message is None:
        return Post(title=tr("Removed: {name}", name=safe(kept.name)), body=(tr(_DAMAGED),))
    return Post(
        title=tr("Removed: {name}", name=safe(kept.name)),
        body=_body(message),
        small=tr("This was its text. Add it again with /template add."),
    )


def not_saved(why: str, typed: TypedTemplate) -> RejectedInput:
    """It was not kept; the input comes back."""
    return given_back(why, _all_of(typed.name, typed))


def overtaken(kept: StoredTemplate, message: MessageToFan, typed: TypedTemplate) -> RejectedInput:
    """Somebody else was faster: theirs stands, and what was typed comes back."""
    why = tr(
        "<@{by}> changed this template while your window was open, so yours was not saved. "
        "Both are here: press Change to combine them.",
        by=kept.by,
    )
    again = (Button("template.edit", kept.id, tr("Change")),)
    return given_back(why, _all_of(typed.name, typed), now=_all_of(kept.name, message), buttons=again)


def _all_of(name: str, message: TypedTemplate | MessageToFan) -> str:
    """Plain, the text first."""
    rest = [
        tr("Name: {name}", name=name),
        tr("Price: {price}", price=money(message.price)) if message.price is not None else "",
        tr("Media: {items}", items=_items(len(message.media))) if message.media else "",
    ]
    return "\n".join(filter(None, [message.text, *rest]))


def items_of(message: MessageToFan) -> Sequence[MediaId]:
    """The items to look up for their names."""
    return list(dict.fromkeys([*message.media, *([message.preview] if message.preview else [])]))


def _body(message: MessageToFan, items: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """As people read it; the ids stand in the window of /template edit."""
    media = tr("📎 {items} from the vault", items=_items(len(message.media))) if message.media else ""
    media += tr(", with a free preview") if message.preview else ""
    named = "" if items is None else _fitting(list(_named(message, items)))
    return tuple(filter(None, (_cut(message.text or "", _ROOM - len(named)), media, named)))


def _fitting(lines: Sequence[str]) -> str:
    """As many of them as leave room for a text."""
    most = next((at for at in range(len(lines), 0, -1) if len("\n".join(lines[:at])) <= _NAMES), 0)
    more = [tr("… and {more} more", more=len(lines) - most)] if most < len(lines) else []
    return "\n".join([*lines[:most], *more])


def _named(message: MessageToFan, items: Mapping[str, str]) -> Iterator[str]:
    """One line an item; the preview that all see before is one of them, or last."""
    for place, item in enumerate(message.media, start=1):
        seen = f" · {tr(_SEEN)}" if item == message.preview else ""
        yield f"{place}. {items.get(item, tr(_GONE))}{seen}"
    if message.preview and message.preview not in message.media:
        yield f"{items.get(message.preview, tr(_GONE))} · {tr(_SEEN)}"


def _first(message: MessageToFan | None, items: Mapping[str, str] | None) -> list[str]:
    """The first items by their names, short enough for 25 lines on a page."""
    if message is None or items is None or not message.media:
        return []
    names = [items.get(item, tr(_GONE)) for item in message.media[:FIRST]]
    more = " …" if len(message.media) > FIRST else ""
    return [f"{', '.join(names)}{more}"]


def _items(number: int) -> str:
    return tr_many("{n} item", "{n} items", number, n=number)


def _marks(kept: StoredTemplate, message: MessageToFan | None) -> list[str]:
    marks = [tr("all creators")] if kept.shared else []
    if message is None:
        return [*marks, tr("damaged")]
    if message.media:
        marks.append(_items(len(message.media)))
    return [*marks, *([money(message.price)] if message.price is not None else [])]


def _cut(text: str, room: int = _ROOM) -> str:
    """As much as an answer shows; /template edit shows all of it."""
    pieces = parts_of(text, room)
    return safe(pieces[0]) + (tr("\n… the rest is under /template edit.") if len(pieces) > 1 else "")
