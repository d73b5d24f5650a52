"""The panel of /home: shown, refreshed, and its buttons, which run commands."""

from bot.access.policy import Action
from bot.discord.answers import Said, in_place, private, tell
from bot.discord.asking import actor_of, asks, each
from bot.discord.bridge import Asked, ButtonHandlers, service
from bot.discord.command_runs import actions_of, commands_of, run_command
from bot.features.people.home import texts
from bot.features.people.home.service import HomeService
from bot.model.language import tr
from bot.text.button_keys import key_of


async def show_home(asked: Asked) -> None:
    """/home."""
    await private(asked, lambda: _panel(asked))


@asks(Action.HOME, each)
async def refresh_home(asked: Asked, _ref: str) -> None:
    """The button [Refresh]: the same message, as things are now."""
    await in_place(asked, lambda: _panel(asked))


@asks(Action.HOME, each)
async def go_on(asked: Asked, ref: str) -> None:
    """A button beside a part: its command, which asks again who may."""
    command = commands_of(asked).get(service(asked, HomeService).command(key_of(ref)) or "")
    if command is None:
        await tell(asked, tr(texts.NOT_THERE))
    else:
        await run_command(asked, command, ())


async def _panel(asked: Asked) -> Said:
    return await service(asked, HomeService).show(actor_of(asked), actions_of(asked))


BUTTONS: ButtonHandlers = {
    texts.OPEN: go_on,
    texts.AGAIN: refresh_home,
}
