"""All that people read in /settings (pure)."""

from collections.abc import Sequence

from bot.features.operations.settings.model import SettingGroup, SettingRow
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import msgid, tr
from bot.model.ports import Button, Post
from bot.text.button_keys import key_ref
from bot.text.colours import TEAM_COLOUR
from bot.text.safe_text import one_line, safe

CHANGE, BACK, GROUP = "settings.change", "settings.back", "settings.group"
GROUPS: dict[SettingGroup, tuple[str, str]] = {
    SettingGroup.GENERAL: (msgid("General"), msgid("Time zone and quiet hours")),
    SettingGroup.INBOX: (msgid("Inbox"), msgid("Replies, reminders and your pings")),
    SettingGroup.PRIVACY: (msgid("Privacy"), msgid("What Discord shows, and how long it is kept")),
    SettingGroup.GUARD: (msgid("Guard"), msgid("Checks on messages before they're sent")),
    SettingGroup.PRICES: (msgid("Prices"), msgid("What each role may charge")),
    SettingGroup.MASS: (msgid("Mass messages"), msgid("Limits and second confirmation")),
    SettingGroup.ALERTS: (msgid("Alerts"), msgid("Notifications for the team and for you")),
    SettingGroup.MONEY: (msgid("Earnings"), msgid("Digests and goals")),
    SettingGroup.POSTS: (msgid("Posts"), msgid("Threads for published posts")),
}
NOT_THERE = msgid("This setting is no longer available to you. Run /settings show again.")
_HANDLE = 40
_VALUE = 300  # characters


def page_ref(group: SettingGroup) -> str:
    """The second reference of a button that shows this page."""
    return key_ref(group.value)


def panel(
    handle: str,
    link: str,
    group: SettingGroup,
    shown: Sequence[tuple[SettingRow, str, bool]],
) -> Post:
    """One page; each row with its value and whether its reader may change it. `link`: the creator's."""
    parts = [f"**{tr(row.title)}**\n{_short(value)}" for row, value, _ in shown]
    buttons = [
        Button(CHANGE, link, tr("Change"), also=(key_ref(row.key),), beside=number)
        for number, (row, _, may) in enumerate(shown)
        if may
    ]
    return Post(
        title=tr(
            "{topic} settings · @{handle}",
            topic=tr(GROUPS[group][0]),
            handle=safe(one_line(handle, _HANDLE)),
        ),
        body=tuple(parts) or (tr("There is nothing here that you can see."),),
        small="" if buttons or not parts else tr("You can see these settings, and not change them."),
        accent=TEAM_COLOUR,
        buttons=tuple(buttons),
    )


def topics(link: str, group: SettingGroup, offered: Sequence[SettingGroup]) -> Choice | None:
    """The list of pages; None where there is only one."""
    options = tuple(
        ChoiceOption(one.value, tr(GROUPS[one][0]), tr(GROUPS[one][1]), chosen=one is group)
        for one in offered
    )
    return Choice(GROUP, link, tr("Choose a topic"), options) if len(options) > 1 else None


def ways(link: str, row: SettingRow, value: str, offered: Sequence[int]) -> Post:
    """What can be done with one setting. `offered`: the numbers of the ways that its reader may go."""
    made = [
        Button(CHANGE, link, tr(row.ways[number].label), also=(key_ref(f"{row.key}{number}"),))
        for number in offered
    ]
    return Post(
        title=tr(row.title),
        body=(_short(value),),
        accent=TEAM_COLOUR,
        buttons=(*made, back(link, row.group, msgid("Back"))),
    )


def back(link: str, group: SettingGroup, label: str = msgid("Back to settings")) -> Button:
    """The button that shows a page again, with the values of then."""
    return Button(BACK, link, tr(label), also=(page_ref(group),))


def now(value: str) -> str:
    """What a window says above its fields."""
    return tr("Now: {value}", value=_short(value))


def _short(value: str) -> str:
    return value if len(value) <= _VALUE else f"{value[: _VALUE - 1]}…"
