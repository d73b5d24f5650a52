"""/help by task: topics, a search, and commands that can be clicked."""

from collections.abc import Mapping, Sequence
from typing import Any

from discord import app_commands, ui

from bot.access.policy import Action
from bot.discord.answers import AnswerContent, Said, in_place, private
from bot.discord.asking import asks, nobody
from bot.discord.bridge import Asked, ButtonHandlers, ListHandlers, WindowHandlers
from bot.discord.command_runs import actions_of, linking
from bot.discord.windows import open_window
from bot.model.choices import Choice
from bot.model.language import LANGUAGES, speaking, tr
from bot.model.ports import Post
from cogs.operations import help_pages, help_task_pages
from cogs.operations.help_search import matching_commands, matching_tasks
from cogs.operations.help_tasks import TASKS, HelpTask, HelpWords
from cogs.operations.help_views import found_here, mine, roles_here
from cogs.operations.help_words import WORDS

_OFFERED = 25  # as many as Discord shows
_TYPED = 60


class HelpSearchWindow(ui.Modal):
    """One line: what somebody wants to do."""

    def __init__(self, ref: str) -> None:
        words = help_task_pages.search_words()
        super().__init__(title=words, custom_id=f"v1:{help_task_pages.SEARCH}:{ref}")
        field = ui.TextInput[Any](custom_id="text", max_length=_TYPED, required=True)
        self.add_item(ui.Label(text=words, component=field))
        self.stop()  # as in `cogs.inbox.reply_windows`


async def show_tasks(asked: Asked) -> None:
    """/help: the first topic."""
    await private(asked, lambda: _topic(asked, ""))


async def search_tasks(asked: Asked, typed: str) -> None:
    """/help search."""
    await private(asked, lambda: _found(asked, typed))


@asks(Action.HELP, nobody)
async def choose_topic(asked: Asked, _ref: str, chosen: Sequence[str]) -> None:
    await in_place(asked, lambda: _topic(asked, next(iter(chosen), "")))


@asks(Action.HELP, nobody)
async def search_window(asked: Asked, ref: str) -> None:
    """The button [Search]."""
    await open_window(asked, HelpSearchWindow(ref))


@asks(Action.HELP, nobody)
async def submitted_search(asked: Asked, _ref: str, fields: Mapping[str, str]) -> None:
    typed = fields.get("text", "")
    await in_place(asked, lambda: _found(asked, typed))


@asks(Action.HELP, nobody, offers=True)
async def offer_tasks(asked: Asked, typed: str) -> list[app_commands.Choice[str]]:
    """Tasks that fit what is typed, of those that one may do; all of them before anything is typed."""
    tasks = await _tasks(asked)
    fitting = matching_tasks(tasks, typed) if typed.strip() else tasks
    titles = [task.words.title for task in fitting[:_OFFERED]]
    return [app_commands.Choice(name=title, value=title) for title in titles]


async def _topic(asked: Asked, wanted: str) -> Said:
    who = help_pages.who_you_are(await roles_here(asked))
    tasks, linked = await _tasks(asked), await linking(asked)
    return _shown(help_task_pages.topic_page(tasks, wanted, who, linked))


async def _found(asked: Asked, typed: str) -> Said:
    tasks, linked = await _tasks(asked), await linking(asked)
    commands = matching_commands(await mine(asked), typed)
    offered = help_task_pages.topics_of(tasks)
    fitting = matching_tasks(tasks, typed)
    return _shown(help_task_pages.found_page(fitting, commands, typed, linked, offered))


async def _tasks(asked: Asked) -> list[HelpTask]:
    """Those whose command this person may use."""
    actions, found = actions_of(asked), await found_here(asked)
    return [task for task in help_tasks() if task.needs in actions and found[actions[task.needs]]]


def help_tasks() -> list[HelpTask]:
    """All of them, in every language that there is."""
    return [
        HelpTask(key, topic, needs, {spoken: _words_of(key, spoken) for spoken in LANGUAGES})
        for key, topic, needs in TASKS
    ]


def _words_of(key: str, spoken: str) -> HelpWords:
    words = WORDS[key]
    with speaking(spoken):
        return HelpWords(tr(words.title), tr(words.steps), tr(words.also))


def _shown(made: tuple[Post, Choice | None]) -> AnswerContent:
    post, choice = made
    return AnswerContent(post, choice=choice)


BUTTONS: ButtonHandlers = {
    help_task_pages.SEARCH: search_window,
}
LISTS: ListHandlers = {
    help_task_pages.TOPIC: choose_topic,
}
WINDOWS: WindowHandlers = {
    help_task_pages.SEARCH: submitted_search,
}
