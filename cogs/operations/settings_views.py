"""The panel of /settings: its pages, and what [Change] leads to."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place, private, tell
from bot.discord.asking import asks, by_link, permit_of
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers, service
from bot.discord.command_runs import actions_of, commands_of, run_command
from bot.discord.controls import also_in, lead_back
from bot.discord.windows import open_window
from bot.features.operations.settings import texts
from bot.features.operations.settings.service import ChosenSetting, SettingsPanel, SettingsPanelService
from bot.model.language import tr
from bot.text.button_keys import key_of
from cogs.operations.settings_windows import RejectedField, SettingWindow, options_given, options_typed


async def show_settings(asked: Asked) -> None:
    """/settings show: the first page."""
    await private(asked, lambda: _page(asked, ""))


@asks(Action.SETTINGS, by_link)
async def back_to_page(asked: Asked, _ref: str) -> None:
    """The button [Back to settings]: the page again, with the values of now."""
    await in_place(asked, lambda: _page(asked, key_of(_second_ref(asked))))


@asks(Action.SETTINGS, by_link)
async def choose_topic(asked: Asked, _ref: str, chosen: Sequence[str]) -> None:
    await in_place(asked, lambda: _page(asked, next(iter(chosen), "")))


@asks(Action.SETTINGS, by_link)
async def change_setting(asked: Asked, ref: str) -> None:
    """The button [Change]: a window with the command's options, the command's own answer, or the ways."""
    found = await _chosen(asked)
    if found is None:
        await tell(asked, tr(texts.NOT_THERE))
    elif found.panel is not None:
        panel = found.panel
        await in_place(asked, lambda: _shown(panel))
    elif found.way is not None and found.way.options:
        command = commands_of(asked)[found.way.command]
        custom_id = f"v1:{texts.CHANGE}:{'.'.join(filter(None, (ref, _second_ref(asked))))}"
        await open_window(asked, SettingWindow(asked, custom_id, found, found.way, command))
    elif found.way is not None:
        await _run(asked, ref, found, {})


@asks(Action.SETTINGS, by_link)
async def submitted_setting(asked: Asked, ref: str, fields: Mapping[str, str]) -> None:
    """The command is run with what was typed, and asks again who may."""
    found = await _chosen(asked)
    if found is None or found.way is None:
        await tell(asked, tr(texts.NOT_THERE))
    else:
        await _run(asked, ref, found, fields)


async def _run(asked: Asked, ref: str, found: ChosenSetting, fields: Mapping[str, str]) -> None:
    assert found.way is not None, "one way was chosen"
    command = commands_of(asked)[found.way.command]
    try:
        options = options_typed(command, fields)
    except RejectedField as wrong:
        await tell(asked, str(wrong))
        return
    lead_back(asked.extras, texts.back(ref, found.row.group))
    await run_command(asked, command, [*options_given(command, found.way, ref), *options])


async def _page(asked: Asked, wanted: str) -> Said:
    settings = service(asked, SettingsPanelService)
    return await _shown(await settings.page(permit_of(asked), wanted, actions_of(asked)))


async def _shown(panel: SettingsPanel) -> Said:
    return AnswerContent(panel.post, choice=panel.choice)


async def _chosen(asked: Asked) -> ChosenSetting | None:
    settings = service(asked, SettingsPanelService)
    return await settings.chosen(permit_of(asked), _second_ref(asked), actions_of(asked))


def _second_ref(asked: Asked) -> str:
    """Which row or page the button or window names beside the creator's link."""
    data: Mapping[str, Any] = asked.data or {}
    return next(iter(also_in(data.get("custom_id"))), "")


BUTTONS: ButtonHandlers = {
    texts.CHANGE: change_setting,
    texts.BACK: back_to_page,
}
LISTS: ListHandlers = {
    texts.GROUP: choose_topic,
}
WINDOWS: WindowHandlers = {
    texts.CHANGE: submitted_setting,
}
