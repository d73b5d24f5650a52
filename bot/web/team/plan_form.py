"""The form of a plan as HTML; everything typed comes back as it was (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from bot.features.publishing.posts.plan_rules import AUDIENCES
from bot.model.language import tr
from bot.text.moments import local_time
from bot.web.team.fan_list_boxes import OfferedList, box, list_boxes
from bot.web.team.frame import card, soft
from bot.web.team.plan_fields import ITEM, TO, WITHOUT, PlanTyped
from bot.web.team.views import ViewRequest

_WIDE: Final = 'autocomplete="off" autocapitalize="none" spellcheck="false"'


@dataclass(frozen=True)
class PlanSheet:
    """What the form shows. `lists`: None where no fans are chosen; `problem`: said above all fields.

    `frames`: pictures of its items, as HTML.
    """

    typed: PlanTyped
    form: str
    wrong: Mapping[str, str]
    lists: Sequence[OfferedList] | None = None
    problem: str = ""
    frames: Mapping[str, str] = field(default_factory=dict)


def drawn(asked: ViewRequest, sheet: PlanSheet) -> str:
    """The whole form, in the order in which it is filled in."""
    first = next((name for name in ("to", "text", "items", "price", "when") if name in sheet.wrong), "")
    draw = _PlanDrawing(asked, sheet, first)
    notice = draw.notice()
    parts = [draw.lists(), draw.text(), draw.audience(), draw.items(), draw.price(), draw.when()]
    hidden = (
        f'<input type="hidden" name="csrf" value="{escape(asked.csrf)}">'
        f'<input type="hidden" name="form" value="{escape(sheet.form)}">'
    )
    said = tr("Nothing is sent or published from here. Discord shows a preview, which you confirm there.")
    waits = tr("It waits there until its time, for 28 days at most; without a time for 24 hours.")
    small = soft(f"{said} {waits}")
    press = f'<button type="submit">{escape(tr("Put it on Discord"))}</button>'
    body = card(tr("Your plan"), "".join(parts) + small + press)
    return f'{notice}<form method="post" class="plan">{hidden}{body}</form>'


@dataclass(frozen=True)
class _PlanDrawing:
    """`first`: the field in which its writer goes on."""

    asked: ViewRequest
    sheet: PlanSheet
    first: str

    def notice(self) -> str:
        """What is wrong with all of it."""
        said = self.sheet.problem
        if not said and self.sheet.wrong:
            said = tr("Not planned yet. Look at what is marked below; everything else is as you wrote it.")
        return f'<div class="note" role="alert"><p>{escape(said)}</p></div>' if said else ""

    def text(self) -> str:
        """As many lines as somebody writes."""
        typed = escape(self.sheet.typed.text)
        hint = soft_as("text-hint", tr("Up to 5,000 characters, exactly as fans read it."))
        return (
            f'<div><label for="text">{escape(tr("Text"))}</label>{hint}'
            f'<textarea id="text" name="text" rows="7"{self._marks("text", hint=True)}>\n{typed}</textarea>'
            f"{self._wrong('text')}</div>"
        )

    def when(self) -> str:
        """By the creator's clock."""
        asked, zone = self.asked, self.asked.zone
        words = tr(
            "For example “tomorrow 18:00” or “26 Nov 18:00”. In {zone} it is {clock} now. "
            "Leave empty for as soon as it is confirmed.",
            clock=f"{local_time(asked.now, zone):%H:%M}",
            zone=zone.key,
        )
        return (
            f'<div><label for="when">{escape(tr("When"))}</label>{soft_as("when-hint", words)}'
            f'<input id="when" name="when" {_WIDE} value="{escape(self.sheet.typed.when)}"'
            f"{self._marks('when', hint=True)}>{self._wrong('when')}</div>"
        )

    def price(self) -> str:
        """Only where there is something to buy, or somebody thought so."""
        typed = self.sheet.typed
        if not typed.items and not typed.price:
            return ""
        hint = soft_as("price-hint", tr("In dollars, for example 4.99. Empty: free."))
        return (
            f'<div><label for="price">{escape(tr("Price"))}</label>{hint}'
            f'<input id="price" name="price" inputmode="decimal" {_WIDE} value="{escape(typed.price)}"'
            f"{self._marks('price', hint=True)}>{self._wrong('price')}</div>"
        )

    def items(self) -> str:
        """What was chosen in the vault; a box without its tick is left out."""
        items = self.sheet.typed.items
        if not items:
            words = escape(tr("Choose media in the vault"))
            text = escape(tr("Media: choose it before you write, or add it to the preview on Discord."))
            return f'<p class="soft">{text} <a href="../vault">{words}</a></p>'
        boxes = "".join(self._item(key, name) for key, name in items.items())
        return self._set(tr("Media from the vault"), "items", boxes)

    def _item(self, key: str, name: str) -> str:
        ticked, frame = box(ITEM + key, name, name, ticked=True), self.sheet.frames.get(key, "")
        return f'<div class="chosen">{frame}{ticked}</div>' if frame else ticked

    def audience(self) -> str:
        """Of a post alone."""
        if self.sheet.lists is not None:
            return ""
        options = "".join(
            f'<option value="{key}"{" selected" if key == self.sheet.typed.audience else ""}>'
            f"{escape(tr(words))}</option>"
            for key, words in AUDIENCES.items()
        )
        label = escape(tr("Who sees it"))
        return (
            f'<div><label for="audience">{label}</label>'
            f'<select id="audience" name="audience">{options}</select></div>'
        )

    def lists(self) -> str:
        """Who gets a message, and below it who does not."""
        lists = self.sheet.lists
        if lists is None:
            return ""
        typed = self.sheet.typed
        out = list_boxes(WITHOUT, lists, typed.without)
        without = (
            f'<details{" open" if typed.without else ""}><summary class="quiet">'
            f"{escape(tr('Leave fans out'))}</summary>"
            f"<fieldset><legend>{escape(tr('Who does not get it'))}</legend>{out}</fieldset></details>"
        )
        return self._set(tr("Who gets it"), "to", list_boxes(TO, lists, typed.to)) + without

    def _set(self, legend: str, name: str, boxes: str) -> str:
        said = f' aria-describedby="{name}-wrong"' if name in self.sheet.wrong else ""
        return f"<fieldset{said}><legend>{escape(legend)}</legend>{boxes}{self._wrong(name)}</fieldset>"

    def _marks(self, name: str, *, hint: bool) -> str:
        wrong = name in self.sheet.wrong
        said = [f"{name}-hint"] * hint + [f"{name}-wrong"] * wrong
        marked = ' aria-invalid="true"' if wrong else ""
        return f' aria-describedby="{" ".join(said)}"{marked}{" autofocus" if name == self.first else ""}'

    def _wrong(self, name: str) -> str:
        sentence = self.sheet.wrong.get(name)
        return f'<p class="bad" id="{name}-wrong">{escape(sentence)}</p>' if sentence else ""


def soft_as(name: str, words: str) -> str:
    """Small print that a field names."""
    return f'<p class="soft" id="{name}">{escape(words)}</p>'
