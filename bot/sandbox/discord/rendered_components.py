"""Components and embeds as Discord gives them back: numbered, with defaults."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from bot.sandbox.discord.components import (
    BUTTON,
    CONTAINER,
    FILE,
    GALLERY,
    ROW,
    SECTION,
    SELECTS,
    SEPARATOR,
    THUMBNAIL,
)
from bot.sandbox.discord.errors import wrong
from bot.sandbox.discord.model import StandInAttachment, walk

Resolve = Callable[[str], dict[str, Any]]


def media_resolver(
    files: list[StandInAttachment], url_of: Callable[[StandInAttachment], str], new_id: Callable[[], int]
) -> Resolve:
    """A function that turns a media url, also `attachment://name`, into a media object."""
    by_name: Mapping[str, StandInAttachment] = {file.filename: file for file in files}

    def resolve(url: str) -> dict[str, Any]:
        if not url.startswith("attachment://"):
            return {"id": str(new_id()), "url": url, "proxy_url": url, "width": 0, "height": 0}
        file = by_name.get(url.removeprefix("attachment://"))
        if file is None:
            raise wrong(
                "components", "ATTACHMENT_NOT_FOUND", f"The referenced attachment {url} was not found"
            )
        answer: dict[str, Any] = {"id": str(new_id()), "url": url_of(file), "proxy_url": url_of(file)}
        answer |= {"width": 0, "height": 0, "content_type": file.content_type, "attachment_id": str(file.id)}
        return answer

    return resolve


def rendered(components: list[dict[str, Any]], resolve: Resolve) -> list[dict[str, Any]]:
    """A copy of a request's components in the form of an answer, ids given where there were none."""
    taken = {c["id"] for c in walk(components) if c.get("id")}
    numbers = (number for number in count(1) if number not in taken)
    return [_one(component, numbers, resolve) for component in components]


def _one(component: dict[str, Any], numbers: Any, resolve: Resolve) -> dict[str, Any]:
    kind = component["type"]
    answer = {k: v for k, v in component.items() if v is not None and k not in {"components", "accessory"}}
    answer["id"] = component.get("id") or next(numbers)
    _defaults(kind, component, answer)
    if kind == THUMBNAIL:
        answer |= {"media": resolve(component["media"]["url"])}
    elif kind == FILE:
        media = resolve(component["file"]["url"])
        answer |= {"file": media, "name": media["url"].rsplit("/", 1)[-1], "size": 0}
    elif kind == GALLERY:
        answer["items"] = [_item(item, resolve) for item in component["items"]]
    if kind in {ROW, SECTION, CONTAINER}:
        answer["components"] = [_one(child, numbers, resolve) for child in component["components"]]
    if kind == SECTION:
        answer["accessory"] = _one(component["accessory"], numbers, resolve)
    return answer


def _defaults(kind: int, component: dict[str, Any], answer: dict[str, Any]) -> None:
    if kind in {THUMBNAIL, FILE, CONTAINER}:
        answer["spoiler"] = bool(component.get("spoiler"))
    if kind == THUMBNAIL:
        answer["description"] = component.get("description")
    if kind == CONTAINER:
        answer["accent_color"] = component.get("accent_color")
    if kind == SEPARATOR:
        answer["spacing"] = component.get("spacing") or 1
        answer["divider"] = component.get("divider") is not False
    if kind in SELECTS:
        answer.pop("required", None)
        answer["min_values"] = 1 if component.get("min_values") is None else component["min_values"]
        answer["max_values"] = component.get("max_values") or 1
        answer["options"] = [
            {k: v for k, v in option.items() if v is not None} for option in component.get("options") or []
        ]
        if kind != 3:  # noqa: PLR2004 - only a string select has options
            del answer["options"]
    if kind == BUTTON and answer.get("disabled") is False:
        del answer["disabled"]


def _item(item: dict[str, Any], resolve: Resolve) -> dict[str, Any]:
    return {
        "media": resolve(item["media"]["url"]),
        "description": item.get("description"),
        "spoiler": bool(item.get("spoiler")),
    }


def rendered_embeds(embeds: list[dict[str, Any]], url_of_name: Callable[[str], str]) -> list[dict[str, Any]]:
    """A copy of a request's embeds in the form of an answer."""
    answers = []
    for embed in embeds:
        answer = {k: v for k, v in embed.items() if v is not None and k not in {"flags", "fields"}}
        answer["type"] = "rich"
        for name in ("image", "thumbnail"):
            if name in answer:
                url = url_of_name(answer[name]["url"])
                answer[name] = {"url": url, "proxy_url": url, "width": 0, "height": 0}
        if embed.get("fields"):
            answer["fields"] = [{**f, "inline": bool(f.get("inline"))} for f in embed["fields"]]
        answers.append(answer)
    return answers
