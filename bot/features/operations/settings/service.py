"""The rows that features bring: what each says now, and who may change it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.access.permits import Permit, abilities
from bot.access.policy import Action
from bot.features.operations.settings import texts
from bot.features.operations.settings.model import SettingGroup, SettingRow, SettingWay
from bot.model.choices import Choice
from bot.model.language import tr
from bot.model.ports import Post
from bot.text.button_keys import key_of
from storage.database import Database, Transaction

Commands = Mapping[str, Action]  # the action of each command that there is, by its name as it is typed
_REF = re.compile(r"([a-z_]+)([0-9]?)")


@dataclass(frozen=True)
class SettingsPanel:
    """A page as it is shown."""

    post: Post
    choice: Choice | None = None


@dataclass(frozen=True)
class ChosenSetting:
    """What a button means: a row, and the way that is gone; None: there are several to choose from."""

    row: SettingRow
    way: SettingWay | None
    number: int
    value: str
    panel: SettingsPanel | None = None  # of the ways, where there are several


class SettingsPanelService:
    """Every row is asked about at every press: who may see it, and who may change it."""

    def __init__(self, *, database: Database, rows: Sequence[SettingRow]) -> None:
        """Raises ValueError for two rows of one key."""
        self._database = database
        self._rows = sorted(rows, key=lambda row: (list(SettingGroup).index(row.group), not row.first))
        if len({row.key for row in rows}) < len(rows):
            raise ValueError("two rows of /settings have the same key")

    @property
    def rows(self) -> Sequence[SettingRow]:
        """All of them, page by page."""
        return self._rows

    async def page(self, permit: Permit, wanted: str, commands: Commands) -> SettingsPanel:
        """A page by its name; the first one that this member may see where it is none."""
        return await self._database.read(lambda tx: self._page(tx, permit, wanted, commands))

    async def chosen(self, permit: Permit, reference: str, commands: Commands) -> ChosenSetting | None:
        """What this button changes; None where its presser may not, or there is no such row any more."""
        found = _REF.fullmatch(key_of(reference))
        row = next((one for one in self._rows if found is not None and one.key == found[1]), None)
        if found is None or row is None:
            return None
        return await self._database.read(lambda tx: self._chosen(tx, permit, row, found[2], commands))

    async def _page(self, tx: Transaction, permit: Permit, wanted: str, commands: Commands) -> SettingsPanel:
        held = await _held(tx, permit, {row.sees for row in self._rows} | {*commands.values()})
        seen = [row for row in self._rows if row.sees in held]
        groups = [group for group in SettingGroup if any(row.group is group for row in seen)]
        group = next((one for one in groups if one.value == wanted), groups[0])
        shown = []
        for row in seen:
            value = await row.value(tx, held[row.sees]) if row.group is group else ""
            if value:
                shown.append((row, value, bool(_open_ways(row, held, commands))))
        link = _link(permit)
        post = texts.panel(_handle(permit), link, group, shown)
        return SettingsPanel(post, texts.topics(link, group, groups))

    async def _chosen(
        self, tx: Transaction, permit: Permit, row: SettingRow, digit: str, commands: Commands
    ) -> ChosenSetting | None:
        held = await _held(tx, permit, {row.sees, *commands.values()})
        offered = _open_ways(row, held, commands)
        number = int(digit) if digit else offered[0] if len(row.ways) == 1 and offered else None
        if row.sees not in held or not offered or (number is not None and number not in offered):
            return None
        value = await row.value(tx, held[row.sees])
        if number is not None:
            return ChosenSetting(row, row.ways[number], number, value)
        panel = SettingsPanel(texts.ways(_link(permit), row, value, offered))
        return ChosenSetting(row, None, 0, value, panel)


def _open_ways(row: SettingRow, held: Mapping[Action, Permit], commands: Commands) -> list[int]:
    return [number for number, way in enumerate(row.ways) if commands.get(way.command) in held]


async def _held(tx: Transaction, permit: Permit, actions: Collection[Action]) -> dict[Action, Permit]:
    """Of these what the member may do for this creator."""
    found = await abilities(tx, permit.actor, actions)
    mine = {
        action: next((one for one in permits if one.creator == permit.creator), None)
        for action, permits in found.items()
    }
    return {action: one for action, one in mine.items() if one is not None}


def _link(permit: Permit) -> str:
    return permit.link.id if permit.link is not None else ""


def _handle(permit: Permit) -> str:
    return permit.link.handle if permit.link is not None else tr("this creator")
