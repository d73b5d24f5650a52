"""Message components: their fields, and the limits of a whole tree."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.discord.model import walk
from bot.sandbox.discord.shape import (
    BitsShape,
    ByTypeShape,
    ChoiceShape,
    FlagShape,
    FormShape,
    IdShape,
    ListShape,
    NumberShape,
    ShapeProblem,
    TextShape,
)
from bot.sandbox.discord.shape import form as _form

ROW, BUTTON, STRING_SELECT, INPUT, SECTION, DISPLAY = 1, 2, 3, 4, 9, 10
THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 11, 12, 13, 14, 17
SELECTS = (3, 5, 6, 7, 8)
LINK, PREMIUM = 5, 6  # button styles without a custom_id
MAX_TOTAL, MAX_TEXT, MAX_LEGACY_ROWS = 40, 4000, 5

_KIND = {"type": NumberShape(null=False), "id": NumberShape(0)}
_EMOJI = _form("", id=IdShape(), name=TextShape(32), animated=FlagShape())
_MEDIA = FormShape({"url": TextShape(2048, 1, null=False)}, frozenset(["url"]), null=False)
_OPTION = _form(
    "label value",
    label=TextShape(100, 1, null=False),
    value=TextShape(100, 1, null=False),
    description=TextShape(100),
    emoji=_EMOJI,
    default=FlagShape(),
)


def kind_of(required: str = "", /, **fields: Any) -> FormShape:
    return FormShape({**_KIND, **fields}, frozenset(["type", *required.split()]), null=False)


CUSTOM_ID = TextShape(100, 1, null=False)
_SELECT: dict[str, Any] = {
    "custom_id": CUSTOM_ID,
    "placeholder": TextShape(150),
    "min_values": NumberShape(0, 25),
    "max_values": NumberShape(1, 25),
    "disabled": FlagShape(),
    "required": FlagShape(),
}
_BUTTON = kind_of(
    "style",
    style=ChoiceShape((1, 2, 3, 4, 5, 6), null=False),
    custom_id=TextShape(100, 1),
    label=TextShape(80),
    disabled=FlagShape(),
    url=TextShape(512),
    sku_id=IdShape(),
    emoji=_EMOJI,
)
_DEFAULTS = ListShape(
    _form("id type", id=IdShape(null=False), type=ChoiceShape(("user", "role", "channel"), null=False)), 25
)
SELECT_FORMS = {
    STRING_SELECT: kind_of("custom_id options", **_SELECT, options=ListShape(_OPTION, 25, 1, null=False)),
    5: kind_of("custom_id", **_SELECT, default_values=_DEFAULTS),
    6: kind_of("custom_id", **_SELECT, default_values=_DEFAULTS),
    7: kind_of("custom_id", **_SELECT, default_values=_DEFAULTS),
    8: kind_of("custom_id", **_SELECT, default_values=_DEFAULTS, channel_types=ListShape(NumberShape())),
}
_ROW = kind_of(
    "components", components=ListShape(ByTypeShape({BUTTON: _BUTTON, **SELECT_FORMS}), 5, 1, null=False)
)
DISPLAY_FORM = kind_of("content", content=TextShape(4000, 1, null=False))
_THUMBNAIL = kind_of("media", media=_MEDIA, description=TextShape(1024), spoiler=FlagShape())
_ITEM = _form("media", media=_MEDIA, description=TextShape(1024), spoiler=FlagShape(), null=False)
_BASIC: dict[int, FormShape] = {
    ROW: _ROW,
    SECTION: kind_of(
        "components accessory",
        components=ListShape(ByTypeShape({DISPLAY: DISPLAY_FORM}), 3, 1, null=False),
        accessory=ByTypeShape({BUTTON: _BUTTON, THUMBNAIL: _THUMBNAIL}),
    ),
    DISPLAY: DISPLAY_FORM,
    GALLERY: kind_of("items", items=ListShape(_ITEM, 10, 1, null=False)),
    FILE: kind_of("file", file=_MEDIA, spoiler=FlagShape()),
    SEPARATOR: kind_of(spacing=ChoiceShape((1, 2)), divider=FlagShape()),
}
_CONTAINER = kind_of(
    "components",
    components=ListShape(ByTypeShape(_BASIC), 40, 1, null=False),
    accent_color=NumberShape(0, 0xFFFFFF),
    spoiler=FlagShape(),
)
LEGACY = ListShape(ByTypeShape({ROW: _ROW}), MAX_LEGACY_ROWS)
LAYOUT = ListShape(ByTypeShape({**_BASIC, CONTAINER: _CONTAINER}), MAX_TOTAL)

_PICTURE = _form(  # a url is asked for, the rest comes back from embeds that were read before
    "url",
    url=TextShape(2048, 1, null=False),
    proxy_url=TextShape(),
    width=NumberShape(),
    height=NumberShape(),
    content_type=TextShape(),
    placeholder=TextShape(),
    placeholder_version=NumberShape(),
    description=TextShape(),
    flags=BitsShape(),
)
EMBED = _form(
    "",
    title=TextShape(256),
    type=TextShape(),
    description=TextShape(4096),
    url=TextShape(2048),
    timestamp=TextShape(),
    color=NumberShape(0, 0xFFFFFF),
    flags=BitsShape(),
    footer=_form(
        "text", text=TextShape(2048, null=False), icon_url=TextShape(2048), proxy_icon_url=TextShape()
    ),
    image=_PICTURE,
    thumbnail=_PICTURE,
    video=_PICTURE,
    provider=_form("", name=TextShape(), url=TextShape()),
    author=_form(
        "name",
        name=TextShape(256, null=False),
        url=TextShape(2048),
        icon_url=TextShape(2048),
        proxy_icon_url=TextShape(),
    ),
    fields=ListShape(
        _form(
            "name value",
            name=TextShape(256, 1, null=False),
            value=TextShape(1024, 1, null=False),
            inline=FlagShape(),
        ),
        25,
    ),
)


def tree_problems(components: list[dict[str, Any]], where: str = "components") -> Iterator[ShapeProblem]:
    """The rules of a whole message that no single component can check."""
    everything = walk(components)
    if len(everything) > MAX_TOTAL:
        yield ShapeProblem(
            (where,), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"The maximum is {MAX_TOTAL} components."
        )
    shown = sum(len(c["content"]) for c in everything if c["type"] == DISPLAY)
    if shown > MAX_TEXT:
        yield ShapeProblem(
            (where,), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", f"The maximum is {MAX_TEXT} characters."
        )
    names = Counter(c["custom_id"] for c in everything if c.get("custom_id") is not None)
    if any(count > 1 for count in names.values()):
        yield ShapeProblem(
            (where,), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        )
    for component in everything:
        yield from _row_problems(component, where)
        yield from _button_problems(component, where)


def _row_problems(component: dict[str, Any], where: str) -> Iterator[ShapeProblem]:
    children = component.get("components", []) if component["type"] == ROW else []
    if len(children) > 1 and any(child["type"] in SELECTS for child in children):
        yield ShapeProblem(
            (where,), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )


def _button_problems(component: dict[str, Any], where: str) -> Iterator[ShapeProblem]:
    if component["type"] != BUTTON:
        return
    style, name = component["style"], component.get("custom_id")
    if style in {LINK, PREMIUM}:
        needed = component.get("url") if style == LINK else component.get("sku_id")
        if name or not needed:
            yield ShapeProblem((where,), "BUTTON_COMPONENT_INVALID", "A link needs a url and no custom id")
    elif not name or component.get("url"):
        yield ShapeProblem((where,), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
    if style != PREMIUM and not (component.get("label") or component.get("emoji")):
        yield ShapeProblem((where,), "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji")


def embed_problems(embeds: list[dict[str, Any]]) -> Iterator[ShapeProblem]:
    """All embeds of a message together hold 6,000 characters."""
    total = 0
    for embed in embeds:
        parts = [embed.get("title"), embed.get("description")]
        parts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
        for item in embed.get("fields") or []:
            parts += [item["name"], item["value"]]
        total += sum(len(part) for part in parts if part)
    if total > 6000:  # noqa: PLR2004 - Discord's documented total
        yield ShapeProblem(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")
