"""What was typed into a plan's form, field by field, and what is wrong (pure)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.model.language import number_text, tr
from bot.text.price_input import NotAPrice, cents_of
from bot.text.render import money
from bot.text.reply_rules import PRICE_FLOOR, TEXT_LIMIT
from bot.text.typed_times import NotATime, read_time
from storage.records import Cents, Millis

ITEM, TO, WITHOUT = "item.", "to.", "except."  # a box is named by what it is for, and which one it is
MOST_LISTS: Final = 10
MOST_ITEMS: Final = 20
_SHORT: Final = 200  # letters that come back of a field with one line
_NAMES: Final = 200
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FORM: Final = re.compile(r"[0-9a-f]{32}")
Boxes = Mapping[str, str]  # from which one to the words that say so


@dataclass(frozen=True)
class PlanTyped:
    """One form, as it comes back to its writer. `form`: its own id; '': it had none of ours."""

    text: str = ""
    when: str = ""
    price: str = ""
    audience: str = ""
    items: Boxes = field(default_factory=dict)
    to: Boxes = field(default_factory=dict)
    without: Boxes = field(default_factory=dict)
    form: str = ""


@dataclass(frozen=True)
class PlanRead:
    """The same as it is meant. `wrong`: a sentence for each field that means nothing."""

    at: datetime | None
    price: Cents | None
    wrong: Mapping[str, str]


def typed_in(fields: Mapping[str, str]) -> PlanTyped:
    """The form of these fields; what is none of its fields is left out."""
    form = fields.get("form", "")
    items = {
        name.lower(): words for name, words in _boxes(fields, ITEM).items() if _UUID.fullmatch(name.lower())
    }
    return PlanTyped(
        text=fields.get("text", "").replace("\r\n", "\n").strip(),
        when=fields.get("when", "").strip()[:_SHORT],
        price=fields.get("price", "").strip()[:_SHORT],
        audience=fields.get("audience", ""),
        items=items,
        to=_boxes(fields, TO),
        without=_boxes(fields, WITHOUT),
        form=form if _FORM.fullmatch(form) else "",
    )


def read(typed: PlanTyped, now: Millis, zone: ZoneInfo, *, lists: bool) -> PlanRead:
    """Each field by itself. `lists`: some are needed."""
    wrong: dict[str, str] = {}
    at = price = None
    if not typed.text and not typed.items:
        wrong["text"] = tr("There is nothing in it yet. Write a text, or add media from the vault.")
    if len(typed.text) > TEXT_LIMIT:
        length, most = number_text(len(typed.text)), number_text(TEXT_LIMIT)
        wrong["text"] = tr(
            "That is {length} characters, and Fanvue takes {most}. Shorten it.", length=length, most=most
        )
    try:
        at = read_time(typed.when, now, zone)
    except NotATime as refused:
        wrong["when"] = str(refused)
    try:
        price = cents_of(typed.price, "")
    except NotAPrice as refused:
        wrong["price"] = str(refused).strip()
    if price is not None and (why := _unpriced(price, typed)):
        wrong["price"] = why
    if len(typed.items) > MOST_ITEMS:
        wrong["items"] = tr("Choose at most {most} items.", most=MOST_ITEMS)
    if lists and not typed.to:
        wrong["to"] = tr("Choose who gets it: at least one list.")
    if max(len(typed.to), len(typed.without)) > MOST_LISTS:
        wrong["to"] = tr("Choose at most {most} lists.", most=MOST_LISTS)
    moment = None if at is None else datetime.fromtimestamp(at / 1000, UTC)
    return PlanRead(moment, price, wrong)


def _unpriced(price: Cents, typed: PlanTyped) -> str:
    if price < PRICE_FLOOR:
        lowest = money(PRICE_FLOOR)
        return tr("{price} is below Fanvue's lowest price, {lowest}.", price=money(price), lowest=lowest)
    return "" if typed.items else tr("A price needs media to buy: add some from the vault.")


def _boxes(fields: Mapping[str, str], of: str) -> dict[str, str]:
    """Those that are ticked."""
    return {
        name.removeprefix(of)[:_NAMES]: words[:_NAMES]
        for name, words in fields.items()
        if name.startswith(of) and name != of
    }
