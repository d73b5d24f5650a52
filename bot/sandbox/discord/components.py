"""Message and modal components: their fields, and the limits of a whole tree."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.discord.model import walk
from bot.sandbox.discord.shape import (
    Bits,
    ByType,
    Choice,
    Flag,
    Form,
    Id,
    Many,
    Number,
    Problem,
    Text,
)
from bot.sandbox.discord.shape import form as _form

ROW, BUTTON, STRING_SELECT, INPUT, SECTION, DISPLAY = 1, 2, 3, 4, 9, 10
THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 11, 12, 13, 14, 17, 18
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6  # button styles without a custom_id
MAX_TOTAL, MAX_TEXT, MAX_ROW_BUTTONS, MAX_LEGACY_ROWS = 40, 4000, 5, 5

_KIND = {"type": Number(null=False), "id": Number(0)}
_EMOJI = _form("", id=Id(), name=Text(32), animated=Flag())
_MEDIA = Form({"url": Text(2048, 1, null=False)}, frozenset(["url"]), null=False)
_OPTION = _form(
    "label value",
    label=Text(100, 1, null=False),
    value=Text(100, 1, null=False),
    description=Text(100),
    emoji=_EMOJI,
    default=Flag(),
)


def _kind(required: str = "", /, **fields: Any) -> Form:
    return Form({**_KIND, **fields}, frozenset(["type", *required.split()]), null=False)


_CUSTOM_ID = Text(100, 1, null=False)
_SELECT: dict[str, Any] = {
    "custom_id": _CUSTOM_ID,
    "placeholder": Text(150),
    "min_values": Number(0, 25),
    "max_values": Number(1, 25),
    "disabled": Flag(),
    "required": Flag(),
}
_BUTTON = _kind(
    "style",
    style=Choice((1, 2, 3, 4, 5, 6), null=False),
    custom_id=Text(100, 1),
    label=Text(80),
    disabled=Flag(),
    url=Text(512),
    sku_id=Id(),
    emoji=_EMOJI,
)
_DEFAULTS = Many(
    _form("id type", id=Id(null=False), type=Choice(("user", "role", "channel"), null=False)), 25
)
_SELECT_FORMS = {
    STRING_SELECT: _kind("custom_id options", **_SELECT, options=Many(_OPTION, 25, 1, null=False)),
    5: _kind("custom_id", **_SELECT, default_values=_DEFAULTS),
    6: _kind("custom_id", **_SELECT, default_values=_DEFAULTS),
    7: _kind("custom_id", **_SELECT, default_values=_DEFAULTS),
    8: _kind("custom_id", **_SELECT, default_values=_DEFAULTS, channel_types=Many(Number())),
}
_ROW = _kind("components", components=Many(ByType({BUTTON: _BUTTON, **_SELECT_FORMS}), 5, 1, null=False))
_DISPLAY = _kind("content", content=Text(4000, 1, null=False))
_THUMBNAIL = _kind("media", media=_MEDIA, description=Text(1024), spoiler=Flag())
_ITEM = _form("media", media=_MEDIA, description=Text(1024), spoiler=Flag(), null=False)
_BASIC: dict[int, Form] = {
    ROW: _ROW,
    SECTION: _kind(
        "components accessory",
        components=Many(ByType({DISPLAY: _DISPLAY}), 3, 1, null=False),
        accessory=ByType({BUTTON: _BUTTON, THUMBNAIL: _THUMBNAIL}),
    ),
    DISPLAY: _DISPLAY,
    GALLERY: _kind("items", items=Many(_ITEM, 10, 1, null=False)),
    FILE: _kind("file", file=_MEDIA, spoiler=Flag()),
    SEPARATOR: _kind(spacing=Choice((1, 2)), divider=Flag()),
}
_CONTAINER = _kind(
    "components",
    components=Many(ByType(_BASIC), 40, 1, null=False),
    accent_color=Number(0, 0xFFFFFF),
    spoiler=Flag(),
)
LEGACY = Many(ByType({ROW: _ROW}), MAX_LEGACY_ROWS)
LAYOUT = Many(ByType({**_BASIC, CONTAINER: _CONTAINER}), MAX_TOTAL)

_INPUT = _kind(
    "custom_id style",
    custom_id=_CUSTOM_ID,
    style=Choice((1, 2), null=False),
    label=Text(45),
    value=Text(4000),
    placeholder=Text(100),
    required=Flag(),
    min_length=Number(0, 4000),
    max_length=Number(1, 4000),
)
_UPLOAD = _kind("custom_id", custom_id=_CUSTOM_ID, required=Flag(), min_values=Number(), max_values=Number())
_BOX = _kind("custom_id", custom_id=_CUSTOM_ID, default=Flag())
_GROUP = _kind(
    "custom_id",
    custom_id=_CUSTOM_ID,
    required=Flag(),
    min_values=Number(),
    max_values=Number(),
    options=Many(_OPTION, 10),
)
_LABEL = _kind(
    "label component",
    label=Text(45, 1, null=False),
    description=Text(100),
    component=ByType({INPUT: _INPUT, **_SELECT_FORMS, 19: _UPLOAD, 21: _GROUP, 22: _GROUP, 23: _BOX}),
)
_MODAL_ROW = _kind("components", components=Many(ByType({INPUT: _INPUT}), 1, 1, null=False))
MODAL = _form(
    "custom_id title components",
    custom_id=_CUSTOM_ID,
    title=Text(45, 1, null=False),
    components=Many(ByType({ROW: _MODAL_ROW, DISPLAY: _DISPLAY, LABEL: _LABEL}), 5, 1, null=False),
    null=False,
)
_PICTURE = _form(  # a url is asked for, the rest comes back from embeds that were read before
    "url",
    url=Text(2048, 1, null=False),
    proxy_url=Text(),
    width=Number(),
    height=Number(),
    content_type=Text(),
    placeholder=Text(),
    placeholder_version=Number(),
    description=Text(),
    flags=Bits(),
)
EMBED = _form(
    "",
    title=Text(256),
    type=Text(),
    description=Text(4096),
    url=Text(2048),
    timestamp=Text(),
    color=Number(0, 0xFFFFFF),
    flags=Bits(),
    footer=_form("text", text=Text(2048, null=False), icon_url=Text(2048), proxy_icon_url=Text()),
    image=_PICTURE,
    thumbnail=_PICTURE,
    video=_PICTURE,
    provider=_form("", name=Text(), url=Text()),
    author=_form(
        "name", name=Text(256, null=False), url=Text(2048), icon_url=Text(2048), proxy_icon_url=Text()
    ),
    fields=Many(
        _form("name value", name=Text(256, 1, null=False), value=Text(1024, 1, null=False), inline=Flag()), 25
    ),
)


def tree_problems(components: list[dict[str, Any]], where: str = "components") -> Iterator[Problem]:
    """The rules of a whole message that no single component can check."""
    everything = walk(components)
    if len(everything) > MAX_TOTAL:
        yield Problem(
            (where,), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"The maximum is {MAX_TOTAL} components."
        )
    shown = sum(len(c["content"]) for c in everything if c["type"] == DISPLAY)
    if shown > MAX_TEXT:
        yield Problem(
            (where,), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"The maximum is {MAX_TEXT} characters."
        )
    names = Counter(c["custom_id"] for c in everything if c.get("custom_id") is not None)
    if any(count > 1 for count in names.values()):
        yield Problem((where,), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
    for component in everything:
        yield from _row_problems(component, where)
        yield from _button_problems(component, where)


def _row_problems(component: dict[str, Any], where: str) -> Iterator[Problem]:
    children = component.get("components", []) if component["type"] == ROW else []
    if len(children) > 1 and any(child["type"] in SELECTS for child in children):
        yield Problem(
            (where,), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )


def _button_problems(component: dict[str, Any], where: str) -> Iterator[Problem]:
    if component["type"] != BUTTON:
        return
    style, name = component["style"], component.get("custom_id")
    if style in {LINK, PREMIUM}:
        needed = component.get("url") if style == LINK else component.get("sku_id")
        if name or not needed:
            yield Problem((where,), "BUTTON_COMPONENT_INVALID", "A link needs a url and no custom id")
    elif not name or component.get("url"):
        yield Problem((where,), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
    if style != PREMIUM and not (component.get("label") or component.get("emoji")):
        yield Problem((where,), "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji")


def embed_problems(embeds: list[dict[str, Any]]) -> Iterator[Problem]:
    """All embeds of a message together hold 6,000 characters."""
    total = 0
    for embed in embeds:
        parts = [embed.get("title"), embed.get("description")]
        parts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
        for item in embed.get("fields") or []:
            parts += [item["name"], item["value"]]
        total += sum(len(part) for part in parts if part)
    if total > 6000:  # noqa: PLR2004 - Discord's documented total
        yield Problem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
