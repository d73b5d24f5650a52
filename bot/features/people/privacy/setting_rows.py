"""What /settings says of what Discord shows of texts, and how long it stays."""

from bot.access.permits import Permit
from bot.access.policy import Action
from bot.features.operations.settings.model import (
    SETTING_ROWS,
    SettingGroup,
    SettingRow,
    SettingWay,
    creator_of,
)
from bot.features.people.privacy import term_texts
from bot.model.language import msgid, tr
from storage.database import Transaction
from storage.people import privacy_modes, retention
from storage.people.privacy_modes import PrivacyMode

_MODES = {
    PrivacyMode.FULL: msgid("Full: fans' texts are shown in the age-restricted forum."),
    PrivacyMode.COVERED: msgid("Covered: fans' texts are under a spoiler."),
    PrivacyMode.PRIVATE: msgid("Private: who and when. “Show” shows a text to one member."),
}


async def _mode(tx: Transaction, permit: Permit) -> str:
    return tr(_MODES[await privacy_modes.now(tx, creator_of(permit))])


async def _kept(tx: Transaction, permit: Permit) -> str:
    return term_texts.in_short(await retention.terms(tx, creator_of(permit)))


ROWS = tuple(
    SETTING_ROWS.of(row)
    for row in (
        SettingRow(
            "mode",
            SettingGroup.PRIVACY,
            msgid("What Discord shows"),
            _mode,
            Action.PRIVACY_SHOW,
            (SettingWay("/settings privacy mode", ("mode",)),),
        ),
        SettingRow(
            "retention",
            SettingGroup.PRIVACY,
            msgid("How long it is kept"),
            _kept,
            Action.PRIVACY_SHOW,
            (SettingWay("/settings privacy retention", ("texts", "records", "money_years")),),
        ),
    )
)
