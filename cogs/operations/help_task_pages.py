"""The tasks of /help as people read them: by topic, or found (pure)."""

from collections.abc import Callable, Sequence

from bot.discord.command_examples import CommandEntry
from bot.features.people.tour import texts as tour_texts
from bot.model.choices import Choice, ChoiceOption
from bot.model.language import tr
from bot.model.ports import Button, Post
from bot.text.button_keys import key_ref
from bot.text.colours import TEAM_COLOUR
from bot.text.safe_text import one_line, safe
from cogs.operations.help_tasks import TOPICS, HelpTask, HelpTopic

TOPIC, SEARCH, ALL = "help.topic", "help.search", "help.page"
FOUND = 5  # tasks, and as many commands
_TYPED = 60
Linked = Callable[[str], str]  # makes the commands in a text clickable


def topics_of(tasks: Sequence[HelpTask]) -> list[HelpTopic]:
    """The pages that have something for this reader."""
    return [topic for topic in HelpTopic if any(task.topic is topic for task in tasks)]


def topic_page(
    tasks: Sequence[HelpTask], wanted: str, who: str, linked: Linked
) -> tuple[Post, Choice | None]:
    """One topic; the first one where `wanted` is none. `who`: what the reader is, in a sentence."""
    offered = topics_of(tasks)
    topic = next((one for one in offered if one.value == wanted), offered[0])
    shown = [task for task in tasks if task.topic is topic]
    post = Post(
        title=f"{search_words()} · {tr(TOPICS[topic])}",
        body=tuple(_task(task, linked) for task in shown),
        small=who,
        accent=TEAM_COLOUR,
        buttons=_buttons(),
    )
    return post, _choice(offered, topic)


def found_page(
    tasks: Sequence[HelpTask],
    entries: Sequence[CommandEntry],
    typed: str,
    linked: Linked,
    offered: Sequence[HelpTopic],
) -> tuple[Post, Choice | None]:
    """What fits the words that were typed."""
    shown, named = safe(one_line(typed, _TYPED)), entries[:FOUND]
    body = [_task(task, linked) for task in tasks[:FOUND]]
    if named:
        lines = [f"{_name(one, linked)}: {one.does}" for one in named]
        body.append("\n".join([tr("**Commands**"), *lines]))
    post = Post(
        title=tr("Help for “{typed}”", typed=shown),
        body=tuple(body)
        or (tr("Nothing fits “{typed}”. Try another word, or choose a topic.", typed=shown),),
        accent=TEAM_COLOUR,
        buttons=_buttons(),
    )
    return post, _choice(offered, None)


def search_words() -> str:
    """What the window asks."""
    return tr("What do you want to do?")


def _task(task: HelpTask, linked: Linked) -> str:
    return f"**{task.words.title}**\n{linked(task.words.steps)}"


def _name(entry: CommandEntry, linked: Linked) -> str:
    """A command to click; a menu is found another way."""
    return linked(f"/{entry.key}") if entry.example.startswith("/") else entry.name


def _buttons() -> tuple[Button, ...]:
    return (
        Button(SEARCH, key_ref("search"), tr("Search")),
        Button(tour_texts.OPEN, key_ref("tour"), tr("Tour")),
        Button(ALL, f"{0:022d}", tr("All commands")),
    )


def _choice(offered: Sequence[HelpTopic], topic: HelpTopic | None) -> Choice | None:
    options = tuple(ChoiceOption(one.value, tr(TOPICS[one]), chosen=one is topic) for one in offered)
    return Choice(TOPIC, key_ref("topics"), tr("Choose a topic"), options) if len(options) > 1 else None
