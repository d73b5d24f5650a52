"""A Discord client's reading of a window that somebody filled in."""

from typing import Any

from bot.sandbox.discord.client_input import CHANNEL, MENTIONABLE, ROLE, USER, NotPossible, chosen, resolve
from bot.sandbox.discord.components import DISPLAY, INPUT, ROW, SELECTS, STRING_SELECT
from bot.sandbox.discord.file_kinds import kind_by_name
from bot.sandbox.discord.message_wire import attachment_json
from bot.sandbox.discord.model import StandInAttachment, StandInChannel, StandInUser
from bot.sandbox.discord.window_components import CHECKBOX, CHECKBOX_GROUP, FILE_UPLOAD, LABEL, RADIO_GROUP
from bot.sandbox.discord.world import DiscordWorld

Json = dict[str, Any]
# The kind of an option that takes the same as a list of people, roles, both, or channels.
_OPTION_OF_LIST = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}


class FilledWindow:
    """One person's answers to one window: `components` and `resolved` as their client sends them.

    Fields go by custom id or label. A file is (name, bytes), several are a list of them; a checkbox is a
    bool, a radio group one value or label, a checkbox group or a list several. What is left out keeps
    the value that the window came with.
    """

    def __init__(
        self,
        world: DiscordWorld,
        person: StandInUser,
        channel: StandInChannel,
        modal: Json,
        fields: dict[str, Any],
    ) -> None:
        """Raises NotPossible for what the person's client would not send."""
        self._world, self._person, self._channel = world, person, channel
        self._fields, self._used = fields, set[str]()
        self.resolved: Json = {}
        self.components = [self._part(part, number) for number, part in enumerate(modal["components"], 1)]
        if fields.keys() - self._used:
            raise NotPossible(f"the form has no fields {sorted(fields.keys() - self._used)}")

    def _part(self, part: Json, number: int) -> Json:
        shown = {"type": part["type"], "id": part.get("id") or number}
        if part["type"] == ROW:
            inner = [self._filled(child, child.get("label")) for child in part["components"]]
            return {**shown, "components": inner}
        if part["type"] == LABEL:
            return {**shown, "component": self._filled(part["component"], part["label"])}
        assert part["type"] == DISPLAY
        return shown

    def _filled(self, part: Json, label: str | None) -> Json:
        names = (part["custom_id"], label)
        name = next((name for name in names if name is not None and name in self._fields), None)
        self._used.update(set() if name is None else {name})
        given = None if name is None else self._fields[name]
        shown = {"type": part["type"], "custom_id": part["custom_id"], "id": part.get("id") or 0}
        return {**shown, **self._value(part, given)}

    def _value(self, part: Json, given: Any) -> Json:
        kind = part["type"]
        if kind == INPUT:
            text = str((part.get("value") or "") if given is None else given)
            _check_input(part, text)
            return {"value": text}
        if kind == CHECKBOX:
            return {"value": bool(part.get("default") if given is None else given)}
        if kind == RADIO_GROUP:
            picked = _picked(part, given)
            if len(picked) > 1 or (not picked and part.get("required") is not False):
                raise NotPossible(f"{part['custom_id']}: one of them is chosen")
            return {"value": picked[0] if picked else None}
        if kind == CHECKBOX_GROUP:
            picked = _picked(part, given)
            _check_number(part, len(picked), most=len(part["options"]))
            return {"values": picked}
        if kind == FILE_UPLOAD:
            return {"values": self._upload(part, given)}
        assert kind in SELECTS
        wanted = [str(value) for value in _several(given)]
        picked = [] if part.get("required") is False and not wanted else chosen(part, wanted)
        if kind != STRING_SELECT:
            self._resolve(part, picked)
        return {"values": picked}

    def _resolve(self, part: Json, picked: list[str]) -> None:
        """What was picked stands beside the values, as Discord describes it."""
        for value in picked:
            kind = _OPTION_OF_LIST[part["type"]]
            if not resolve(self._world, self._channel, kind, int(value), self.resolved):
                raise NotPossible(f"{part['custom_id']}: nothing here has the id {value}")

    def _upload(self, part: Json, given: Any) -> list[str]:
        files = [given] if isinstance(given, tuple) else list(given or [])
        _check_number(part, len(files), most=1)
        for name, content in files:
            if len(content) > self._person.largest_file:
                raise NotPossible(f"{name} is larger than this person may upload")
        return [self._keep(name, content) for name, content in files]

    def _keep(self, name: str, content: bytes) -> str:
        file = StandInAttachment(self._world.snowflakes.new(), name, content, kind_by_name(name))
        self._world.attachments[file.id] = file
        shown = attachment_json(self._world, self._channel.id, file, ephemeral=True)
        self.resolved.setdefault("attachments", {})[str(file.id)] = shown
        return str(file.id)


def _several(given: Any) -> list[Any]:
    return [] if given is None else list(given) if isinstance(given, list | tuple) else [given]


def _picked(part: Json, given: Any) -> list[str]:
    """The values that are ticked; of a group that nobody touched those that came ticked."""
    if given is None:
        return [option["value"] for option in part["options"] if option.get("default")]
    labels = {option["label"]: option["value"] for option in part["options"]}
    picked = [labels.get(str(value), str(value)) for value in _several(given)]
    if set(picked) - set(labels.values()):
        raise NotPossible(f"not offered: {sorted(set(picked) - set(labels.values()))}")
    return picked


def _check_number(part: Json, number: int, *, most: int) -> None:
    low = part.get("min_values")
    low = int(part.get("required") is not False) if low is None else low
    high = part.get("max_values") or most
    if not (low <= number <= high or (number == 0 and part.get("required") is False)):
        raise NotPossible(f"{part['custom_id']}: between {low} and {high} are needed")


def _check_input(part: Json, value: str) -> None:
    high = part.get("max_length") or 4000
    needed = part.get("required") is not False
    low = part.get("min_length") or int(needed)
    if len(value) > high or (len(value) < low and (value or needed)):
        raise NotPossible(f"{part['custom_id']} must be between {low} and {high} in length")
