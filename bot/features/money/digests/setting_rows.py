"""What /settings says of digests, and of the creator's time zone."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.money.digests.period_rules import DigestPeriod
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.model.language import msgid, tr
from bot.text.time_zones import DEFAULT_ZONE
from storage.database import Transaction
from storage.money import digests
from storage.money.digests import Digest

_WAYS = (
    SettingWay("/money digest set", ("hour", "channel", "sort", "figures", "quiet"), label=msgid("Set one")),
    SettingWay("/money digest off", ("sort",), label=msgid("Stop one")),
    SettingWay("/money digest show", label=msgid("Show them")),
    SettingWay("/money digest now", ("sort",), label=msgid("Preview")),
)
_LINES = {  # by whether it comes privately
    (DigestPeriod.DAILY, True): msgid("Daily at {hour} to you, privately."),
    (DigestPeriod.DAILY, False): msgid("Daily at {hour} in <#{channel}>."),
    (DigestPeriod.WEEKLY, True): msgid("Weekly at {hour} to you, privately."),
    (DigestPeriod.WEEKLY, False): msgid("Weekly at {hour} in <#{channel}>."),
    (DigestPeriod.MONTHLY, True): msgid("Monthly at {hour} to you, privately."),
    (DigestPeriod.MONTHLY, False): msgid("Monthly at {hour} in <#{channel}>."),
}


async def _zone(tx: Transaction, permit: Permit) -> str:
    zone = await digests.zone(tx, creator_of(permit))
    return zone or tr("{zone}, because nobody has chosen one yet.", zone=DEFAULT_ZONE)


async def _digests(tx: Transaction, permit: Permit) -> str:
    found = await digests.of_creator(tx, creator_of(permit))
    return "\n".join(_line(one) for one in found) or tr("None.")


def _line(one: Digest) -> str:
    said = _LINES[DigestPeriod(one.sort), one.channel is None]
    return tr(said, hour=f"{one.hour:02d}:00", channel=one.channel)


ROWS = tuple(
    SETTING_ROWS.of(row)
    for row in (
        SettingRow(
            "zone",
            SettingGroup.GENERAL,
            msgid("Time zone"),
            _zone,
            Action.SETTINGS,
            (SettingWay("/settings zone", ("zone",)),),
            first=True,
        ),
        SettingRow("digests", SettingGroup.MONEY, msgid("Digests"), _digests, Action.DIGEST, _WAYS),
    )
)
