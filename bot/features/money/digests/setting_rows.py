"""What /settings says of digests, and of the creator's time zone."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.text.time_zones import DEFAULT_ZONE
from storage.database import Transaction
from storage.money import digests
from storage.money.digests import Digest

_WAYS = (
    SettingWay("/money digest set", ("hour", "channel", "sort", "figures", "quiet"), label="Set one"),
    SettingWay("/money digest off", ("sort",), label="Stop one"),
    SettingWay("/money digest show", label="Show them"),
    SettingWay("/money digest now", ("sort",), label="Preview"),
)


async def _zone(tx: Transaction, permit: Permit) -> str:
    zone = await digests.zone(tx, creator_of(permit))
    return zone or f"{DEFAULT_ZONE}, because nobody has chosen one yet."


async def _digests(tx: Transaction, permit: Permit) -> str:
    found = await digests.of_creator(tx, creator_of(permit))
    return "\n".join(_line(one) for one in found) or "None."


def _line(one: Digest) -> str:
    where = "to you, privately" if one.channel is None else f"in <#{one.channel}>"
    return f"{one.sort.capitalize()} at {one.hour:02d}:00 {where}."


ROWS = tuple(
    SETTING_ROWS.of(row)
    for row in (
        SettingRow(
            "zone",
            SettingGroup.GENERAL,
            "Time zone",
            _zone,
            Action.SETTINGS,
            (SettingWay("/settings zone", ("zone",)),),
            first=True,
        ),
        SettingRow("digests", SettingGroup.MONEY, "Digests", _digests, Action.DIGEST, _WAYS),
    )
)
