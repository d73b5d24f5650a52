"""The texts about a member's draft of a mass message (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.features.publishing.drafts import rules
from bot.features.publishing.drafts.list_service import DraftListChoices
from bot.features.publishing.drafts.model import DraftContent
from bot.features.publishing.drafts.options import LEAVES, lists_to_choose, times_to_choose
from bot.features.publishing.mass_messages.audience import FanList, MassMessageAudience, shown
from bot.features.publishing.mass_messages.texts import recipients
from bot.model.choices import Choice
from bot.model.language import msgid, number_text, tr, tr_many
from bot.model.ports import Button, Post
from bot.text.moments import words_of
from bot.text.price_input import NotAPrice, cents_of, ids_of
from bot.text.render import money
from bot.text.safe_text import in_quotes, one_line, parts_of, safe
from bot.text.typed_times import NO_ZONE
from storage.records import DraftId, Millis

GONE = msgid("That draft is gone: sent, discarded, or over a week old. Start a new one with /mass new.")
NOT_YOURS = msgid("That draft is no longer available. Start a new one with /mass new.")
THROWN_AWAY = msgid("Discarded. Not sent. Start a new one with /mass new.")
OLDER = msgid("You continued this draft elsewhere, so that click did not count. This is the draft now.")
STALE = msgid(
    "You continued this draft elsewhere, <t:{at}:R>. **Your last change was not saved.** It is now:"
)
UNREADABLE = msgid("We can't reach Fanvue right now, so you can't choose lists. Everything else works.")
SENT_BEFORE = msgid(
    "You already confirmed an earlier version of this draft <t:{at}:R>. If you send it "
    "now, it is a second message."
)
UNSEEN = msgid(
    "⚠️ We can't reach Fanvue right now, so we don't know whether the media are still "
    "there. Not sent: press **Preview** again in a moment."
)
FILES_WAIT = msgid("Its files are still on the way to the vault. Not sent: press it again in a moment.")
_KEPT = msgid("Only you see this. For a week /mass new opens it again, on any device.")
_NAMED, _LIKE, _LISTS = 3, 8, 6  # lists that are named on one side; the choice has them all
_TEXT = 1000  # characters of the text that are shown: a Discord message holds 4,000 in all


@dataclass(frozen=True)
class DraftChoiceTexts:
    """The texts above a choice; `none`: where there is nothing to choose from."""

    title: str
    small: str
    none: str


TEMPLATES = DraftChoiceTexts(
    msgid("Which template?"),
    msgid("It replaces the draft's text, media and price. Nothing is sent."),
    msgid("This creator has no templates yet. The team's leads add them with /template add."),
)
LEAVE = DraftChoiceTexts(
    msgid("Who is left out?"),
    msgid("On any list. The preview shows how many; nothing is sent before you confirm."),
    "",
)
VAULT = DraftChoiceTexts(
    msgid("Which media?"),
    msgid("The newest from the vault. **Media and price** shows everything."),
    msgid("The vault is empty, or we can't reach Fanvue right now. **Media and price** tries again."),
)


@dataclass(frozen=True)
class DraftScreen:
    """The content of the one message. `back`: typed text not taken, handed back as a file."""

    post: Post
    choices: tuple[Choice, ...] = ()
    back: str = ""


@dataclass(frozen=True)
class DraftScene:
    """The data of a screen."""

    ref: DraftId
    handle: str
    content: DraftContent
    known: DraftListChoices | None
    now: Millis
    zone: ZoneInfo
    zone_chosen: bool = True


def only(sentence: str, back: str = "") -> DraftScreen:
    return DraftScreen(Post(body=(sentence,)), back=back)


def main(scene: DraftScene, notes: Sequence[str] = (), back: str = "") -> DraftScreen:
    """The draft, and everything that can be done with it."""
    content = scene.content
    lists = None if scene.known is None else scene.known.to
    told = [f"⚠️ {one}" for one in rules.wrong(content, lists, scene.now)]
    if lacks := rules.missing(content):
        told.append(tr("Still missing: **{lacks}**.", lacks=tr(" and ").join(lacks)))
    if lists is None:
        told.append(tr(UNREADABLE))
    whom = () if scene.known is None else lists_to_choose(scene.ref, content, scene.known)
    small = [tr(_KEPT)] if scene.zone_chosen or content.at is None else [tr(NO_ZONE), tr(_KEPT)]
    return DraftScreen(
        Post(
            title=tr("Draft: mass message from @{handle}", handle=safe(one_line(scene.handle, 40))),
            body=("\n".join(notes), *_message(content), _whom(scene), "\n".join(told)),
            small="\n".join(small),
            buttons=_buttons(scene.ref, content),
        ),
        (*whom, times_to_choose(scene.ref, content, scene.now, scene.zone)),
        back,
    )


def offered(scene: DraftScene, begun: Millis) -> DraftScreen:
    """The choice to go on with a draft, or begin again."""
    waits = scene.content.waits is not None
    kept = (
        tr("What you just typed starts the new one.") if waits else tr("If you start over, this one is gone.")
    )
    return DraftScreen(
        Post(
            title=tr("You have a draft from <t:{begun}:f>", begun=begun // 1000),
            body=(*_message(scene.content), _whom(scene)),
            small=kept,
            buttons=(
                Button("compose.go", scene.ref, tr("Go on"), "primary"),
                Button("compose.anew", scene.ref, tr("Start over")),
            ),
        )
    )


def picking(ref: DraftId, choices: tuple[Choice, ...], words: DraftChoiceTexts) -> DraftScreen:
    """Something to choose from, and the way back."""
    back = Button("compose.go", ref, tr("Back to the draft"))
    body = () if choices else (tr(words.none),)
    return DraftScreen(
        Post(title=tr(words.title), body=body, small=tr(words.small) if choices else None, buttons=(back,)),
        choices,
    )


def waits(files: int) -> str:
    """Files that are not in the vault yet."""
    return tr_many(
        "📤 {n} file is still on the way to the vault. Press **Preview** again in a moment.",
        "📤 {n} files are still on the way to the vault. Press **Preview** again in a moment.",
        files,
    )


def gone(lost: int, of: int) -> str:
    """Items that are no longer in the vault."""
    return tr(
        "⚠️ {lost} of {of} items: no longer in the vault. Press **Media and price** and choose again.",
        lost=lost,
        of=of,
    )


def broken(lost: int, of: int) -> str:
    """Items that Fanvue has, and cannot send."""
    return tr(
        "⚠️ {lost} of {of} items: Fanvue could not process them. Press **Media and price** and choose again.",
        lost=lost,
        of=of,
    )


def unready(late: int, of: int) -> str:
    """Items that Fanvue is not done with."""
    return tr(
        "⚠️ {late} of {of} items: Fanvue is still processing them. The draft is kept; press "
        "**Preview** again in a minute.",
        late=late,
        of=of,
    )


def like(names: Sequence[str]) -> tuple[str, ...]:
    """Lists whose names are like what was written."""
    found = ", ".join(safe(one_line(name, 40)) for name in names[:_LIKE])
    return (tr("Similar lists: {names}. Write one of these.", names=found),) if names else ()


def _buttons(ref: DraftId, content: DraftContent) -> tuple[Button, ...]:
    ready = not rules.missing(content)
    return (
        Button("compose.write", ref, tr("Write"), "secondary" if content.text else "primary"),
        Button("compose.template", ref, tr("Template")),
        Button("compose.offer", ref, tr("Media and price")),
        Button("compose.when", ref, tr("When")),
        Button("compose.find", ref, tr("Find a list")),
        Button("compose.leave", ref, tr("Leave out")),
        Button("onefan.find", ref, tr("Test to one fan")),
        Button("compose.preview", ref, tr("Preview"), "success" if ready else "secondary"),
        Button("compose.drop", ref, tr("Discard"), "danger"),
    )


def _message(content: DraftContent) -> tuple[str, ...]:
    parts = [_short(content.text)] if content.text.strip() else []
    items = len(ids_of(content.media))
    if items:
        what = tr_many("{n} item from the vault", "{n} items from the vault", items)
        cost = (
            tr("🔒 {items} for **{price}**", items=what, price=_priced(content))
            if content.price.strip()
            else tr("📎 {items}, free", items=what)
        )
        parts.append(f"{cost}{tr(', with a preview') if content.preview.strip() else ''}")
    elif content.price.strip():
        parts.append(tr("🔒 nothing yet for **{price}**", price=_priced(content)))
    return tuple(parts)


def _short(text: str) -> str:
    first, *rest = parts_of(text, _TEXT)
    more = (
        tr("\n… and {left} more characters, which are kept.", left=number_text(len(text) - len(first)))
        if rest
        else ""
    )
    return f"{safe(first)}{more}"


def _priced(content: DraftContent) -> str:
    try:
        return money(cents_of(content.price) or 0)
    except NotAPrice:
        return safe(one_line(content.price, 20))


def _whom(scene: DraftScene) -> str:
    content = scene.content
    known = () if scene.known is None else scene.known.to
    to, without = rules.sizes(content, known)
    lines = [tr("**To** {lists}", lists=_named(to))]
    if without:
        lines.append(tr("**Except** {lists}", lists=_named(without)))
    if content.leave:
        said = tr(" and ").join(tr(LEAVES[one].inside) for one in content.leave if one in LEAVES)
        lines.append(tr("**Leaves out** {fans}; the preview says how many", fans=said))
    if to:
        lines.append(
            tr("**Recipients** {recipients}", recipients=recipients(MassMessageAudience(to, without)))
        )
    return "\n".join([*lines, tr("**When** {when}", when=_when(scene))])


def _named(lists: Sequence[FanList]) -> str:
    if not lists:
        return tr("nobody yet")
    more = tr(" and {count} more", count=len(lists) - _LISTS) if len(lists) > _LISTS else ""
    return f"{', '.join(map(shown, lists[:_LISTS]))}{more}"


def _when(scene: DraftScene) -> str:
    content = scene.content
    if content.wrong:
        return f"{in_quotes(safe(one_line(content.when, 40)))}?"
    if content.at is None:
        return tr("right away")
    return words_of(content.at, scene.now, scene.zone)
