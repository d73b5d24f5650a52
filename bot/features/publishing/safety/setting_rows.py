"""What /settings says of the limits of mass messages."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.features.publishing.safety.quiet_hours_rules import spoken
from bot.model.language import msgid, number_text, tr, tr_many
from storage.database import Transaction
from storage.publishing import mass_caps, mass_limits, quiet_hours

_COMMAND = "/mass limits"


async def _typed(tx: Transaction, permit: Permit) -> str:
    above = (await mass_limits.get(tx, creator_of(permit))).typed_above
    return (
        tr("Off: a press is enough.")
        if above is None
        else tr("Above {limit} recipients.", limit=number_text(above))
    )


async def _hold(tx: Transaction, permit: Permit) -> str:
    held = await mass_limits.get(tx, creator_of(permit))
    if not held.hold_seconds:
        return tr("Off: a confirmed one is sent right away.")
    return tr(
        "Above {limit} recipients it waits {seconds} s.",
        limit=number_text(held.hold_above),
        seconds=held.hold_seconds,
    )


async def _second(tx: Transaction, permit: Permit) -> str:
    above = (await mass_limits.get(tx, creator_of(permit))).second_above
    return (
        tr("Off: one person is enough.")
        if above is None
        else tr("Above {limit} recipients.", limit=number_text(above))
    )


async def _cap(tx: Transaction, permit: Permit) -> str:
    cap = await mass_caps.get(tx, creator_of(permit))
    if cap.most is None:
        return tr("No cap.")
    many = tr_many("{n} mass message", "{n} mass messages", cap.most)
    # Translators: {many} is “2 mass messages”
    return tr_many("At most {many} in {n} day.", "At most {many} in {n} days.", cap.days, many=many)


async def _live(tx: Transaction, permit: Permit) -> str:
    hours = (await mass_caps.get(tx, creator_of(permit))).live_hours
    return tr_many("For {n} hour after its last message.", "For {n} hours after its last message.", hours)


async def _quiet(tx: Transaction, permit: Permit) -> str:
    held = await quiet_hours.get(tx, creator_of(permit))
    return tr("None.") if held is None else tr("{hours}, in the creator's time zone.", hours=spoken(held))


_SHOWN = (
    ("mass_typed", msgid("Type the number of recipients"), _typed, ("typed_above",)),
    ("mass_hold", msgid("Time to cancel"), _hold, ("hold", "hold_above")),
    ("mass_second", msgid("Second person confirms"), _second, ("second_above",)),
    ("mass_cap", msgid("Most for one fan"), _cap, ("cap",)),
    ("mass_live", msgid("When a conversation is live"), _live, ("live",)),
)
ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "mass_quiet",
            SettingGroup.GENERAL,
            msgid("Quiet hours for mass messages"),
            _quiet,
            Action.MASS,
            (SettingWay(_COMMAND, ("quiet",)),),
        )
    ),
    *(
        SETTING_ROWS.of(
            SettingRow(key, SettingGroup.MASS, title, value, Action.MASS, (SettingWay(_COMMAND, options),))
        )
        for key, title, value, options in _SHOWN
    ),
)
