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
from storage.database import Transaction
from storage.publishing import mass_caps, mass_limits, quiet_hours

_COMMAND = "/mass limits"


async def _typed(tx: Transaction, permit: Permit) -> str:
    above = (await mass_limits.get(tx, creator_of(permit))).typed_above
    return "Off: a press is enough." if above is None else f"Above {above:,} recipients."


async def _hold(tx: Transaction, permit: Permit) -> str:
    held = await mass_limits.get(tx, creator_of(permit))
    if not held.hold_seconds:
        return "Off: a confirmed one is sent right away."
    return f"Above {held.hold_above:,} recipients it waits {held.hold_seconds} s."


async def _second(tx: Transaction, permit: Permit) -> str:
    above = (await mass_limits.get(tx, creator_of(permit))).second_above
    return "Off: one person is enough." if above is None else f"Above {above:,} recipients."


async def _cap(tx: Transaction, permit: Permit) -> str:
    cap = await mass_caps.get(tx, creator_of(permit))
    many = f"{cap.most} mass message{'' if cap.most == 1 else 's'}"
    days = f"{cap.days} day{'' if cap.days == 1 else 's'}"
    return "No cap." if cap.most is None else f"At most {many} in {days}."


async def _live(tx: Transaction, permit: Permit) -> str:
    hours = (await mass_caps.get(tx, creator_of(permit))).live_hours
    return f"For {hours} hour{'' if hours == 1 else 's'} after its last message."


async def _quiet(tx: Transaction, permit: Permit) -> str:
    held = await quiet_hours.get(tx, creator_of(permit))
    return "None." if held is None else f"{spoken(held)}, in the creator's time zone."


_SHOWN = (
    ("mass_typed", "Type the number of recipients", _typed, ("typed_above",)),
    ("mass_hold", "Time to cancel", _hold, ("hold", "hold_above")),
    ("mass_second", "Second person confirms", _second, ("second_above",)),
    ("mass_cap", "Most for one fan", _cap, ("cap",)),
    ("mass_live", "When a conversation is live", _live, ("live",)),
)
ROWS = (
    SETTING_ROWS.of(
        SettingRow(
            "mass_quiet",
            SettingGroup.GENERAL,
            "Quiet hours for mass messages",
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
