"""A window and its fields as Discord takes them, and rules between their numbers."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.discord.components import (
    CUSTOM_ID,
    DISPLAY,
    DISPLAY_FORM,
    INPUT,
    ROW,
    SELECT_FORMS,
    kind_of,
    tree_problems,
)
from bot.sandbox.discord.shape import (
    ByTypeShape,
    ChoiceShape,
    FlagShape,
    ListShape,
    NumberShape,
    ShapeProblem,
    TextShape,
    form,
)

LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 18, 19, 21, 22, 23
MAX_FIELDS = 5

_INPUT = kind_of(
    "custom_id style",
    custom_id=CUSTOM_ID,
    style=ChoiceShape((1, 2), null=False),
    label=TextShape(45),
    value=TextShape(4000),
    placeholder=TextShape(100),
    required=FlagShape(),
    min_length=NumberShape(0, 4000),
    max_length=NumberShape(1, 4000),
)
_COUNTED: dict[str, Any] = {
    "custom_id": CUSTOM_ID,
    "required": FlagShape(),
    "min_values": NumberShape(0, 10),
    "max_values": NumberShape(1, 10),
}
_OPTION = form(  # without an emoji, unlike an option of a list
    "label value",
    label=TextShape(100, 1, null=False),
    value=TextShape(100, 1, null=False),
    description=TextShape(100),
    default=FlagShape(),
    null=False,
)
_FIELDS = {
    INPUT: _INPUT,
    **SELECT_FORMS,
    FILE_UPLOAD: kind_of("custom_id", **_COUNTED),
    RADIO_GROUP: kind_of(
        "custom_id options",
        custom_id=CUSTOM_ID,
        required=FlagShape(),
        options=ListShape(_OPTION, 10, 2, null=False),
    ),
    CHECKBOX_GROUP: kind_of("custom_id options", **_COUNTED, options=ListShape(_OPTION, 10, 1, null=False)),
    CHECKBOX: kind_of("custom_id", custom_id=CUSTOM_ID, default=FlagShape()),
}
_LABEL = kind_of(
    "label component",
    label=TextShape(45, 1, null=False),
    description=TextShape(100, 1),
    component=ByTypeShape(_FIELDS),
)
_ROW = kind_of("components", components=ListShape(ByTypeShape({INPUT: _INPUT}), 1, 1, null=False))
WINDOW = form(
    "custom_id title components",
    custom_id=CUSTOM_ID,
    title=TextShape(45, 1, null=False),
    components=ListShape(
        ByTypeShape({ROW: _ROW, DISPLAY: DISPLAY_FORM, LABEL: _LABEL}), MAX_FIELDS, 1, null=False
    ),
    null=False,
)


def window_problems(components: list[dict[str, Any]]) -> Iterator[ShapeProblem]:
    """The rules that no single field's shape can check; `components` fit `WINDOW` already."""
    yield from tree_problems(components)
    for number, part in enumerate(components):
        if part["type"] == LABEL:
            yield from _field_problems(part["component"], ("components", str(number), "component"))


def _field_problems(field: dict[str, Any], path: tuple[str, ...]) -> Iterator[ShapeProblem]:
    options = field.get("options") or []
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        yield ShapeProblem((*path, "options"), "COMPONENT_VALUE_DUPLICATED", "The values must be unique")
    chosen = sum(bool(option.get("default")) for option in options)
    if field["type"] == RADIO_GROUP and chosen > 1:
        yield ShapeProblem((*path, "options"), "COMPONENT_TOO_MANY_DEFAULTS", "At most one is the default")
    if field["type"] not in {FILE_UPLOAD, CHECKBOX_GROUP}:
        return
    low, high = field.get("min_values"), field.get("max_values")
    if low is not None and high is not None and low > high:
        yield ShapeProblem((*path, "min_values"), "COMPONENT_MIN_OVER_MAX", "The minimum is over the maximum")
    if low == 0 and field.get("required") is not False:
        yield ShapeProblem(
            (*path, "required"), "COMPONENT_REQUIRED_MIN_VALUES", "With a minimum of 0 required must be false"
        )
