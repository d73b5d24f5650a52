"""The tasks of /help as people read them: by topic, or found (pure)."""

from collections.abc import Callable, Mapping, Sequence

from bot.discord.command_examples import CommandEntry
from bot.features.people.tour import texts as tour_texts
from bot.model.choices import Choice, ChoiceOption
from bot.model.ports import Button, Post
from bot.text.button_keys import key_ref
from bot.text.colours import TEAM_COLOUR
from bot.text.safe_text import one_line, safe
from cogs.operations.help_tasks import TOPICS, HelpTask, HelpTopic

TOPIC, SEARCH, ALL = "help.topic", "help.search", "help.page"
FOUND = 5  # tasks, and as many commands
_TYPED = 60
_LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "What do you want to do?",
        "choose": "Choose a topic",
        "search": "Search",
        "tour": "Tour",
        "all": "All commands",
        "found": "Help for “{}”",
        "nothing": "Nothing fits “{}”. Try another word, or choose a topic.",
        "commands": "**Commands**",
    },
    "de": {
        "title": "Was möchtest du tun?",
        "choose": "Thema wählen",
        "search": "Suchen",
        "tour": "Rundgang",
        "all": "Alle Befehle",
        "found": "Hilfe zu „{}“",
        "nothing": "Nichts passt zu „{}“. Versuche ein anderes Wort oder wähle ein Thema.",
        "commands": "**Befehle**",
    },
}
Linked = Callable[[str], str]  # makes the commands in a text clickable


def topics_of(tasks: Sequence[HelpTask]) -> list[HelpTopic]:
    """The pages that have something for this reader."""
    return [topic for topic in HelpTopic if any(task.topic is topic for task in tasks)]


def topic_page(
    tasks: Sequence[HelpTask], wanted: str, who: str, language: str, linked: Linked
) -> tuple[Post, Choice | None]:
    """One topic; the first one where `wanted` is none. `who`: what the reader is, in a sentence."""
    offered = topics_of(tasks)
    topic = next((one for one in offered if one.value == wanted), offered[0])
    shown = [task for task in tasks if task.topic is topic]
    post = Post(
        title=f"{_label('title', language)} · {topic_name(topic, language)}",
        body=tuple(_task(task, language, linked) for task in shown),
        small=who,
        accent=TEAM_COLOUR,
        buttons=_buttons(language),
    )
    return post, _choice(offered, topic, language)


def found_page(
    tasks: Sequence[HelpTask],
    entries: Sequence[CommandEntry],
    typed: str,
    language: str,
    linked: Linked,
    offered: Sequence[HelpTopic],
) -> tuple[Post, Choice | None]:
    """What fits the words that were typed."""
    shown, named = safe(one_line(typed, _TYPED)), entries[:FOUND]
    body = [_task(task, language, linked) for task in tasks[:FOUND]]
    if named:
        lines = [f"{_name(one, linked)}: {one.does}" for one in named]
        body.append("\n".join([_label("commands", language), *lines]))
    post = Post(
        title=_label("found", language).format(shown),
        body=tuple(body) or (_label("nothing", language).format(shown),),
        accent=TEAM_COLOUR,
        buttons=_buttons(language),
    )
    return post, _choice(offered, None, language)


def topic_name(topic: HelpTopic, language: str) -> str:
    """A topic in the reader's language."""
    english, german = TOPICS[topic]
    return german if language.startswith("de") else english


def search_words(language: str) -> str:
    """What the window asks."""
    return _label("title", language)


def _task(task: HelpTask, language: str, linked: Linked) -> str:
    words = task.words(language)
    return f"**{words.title}**\n{linked(words.steps)}"


def _name(entry: CommandEntry, linked: Linked) -> str:
    """A command to click; a menu is found another way."""
    return linked(f"/{entry.key}") if entry.example.startswith("/") else entry.name


def _buttons(language: str) -> tuple[Button, ...]:
    return (
        Button(SEARCH, key_ref("search"), _label("search", language)),
        Button(tour_texts.OPEN, key_ref("tour"), _label("tour", language)),
        Button(ALL, f"{0:022d}", _label("all", language)),
    )


def _choice(offered: Sequence[HelpTopic], topic: HelpTopic | None, language: str) -> Choice | None:
    options = tuple(
        ChoiceOption(one.value, topic_name(one, language), chosen=one is topic) for one in offered
    )
    return Choice(TOPIC, key_ref("topics"), _label("choose", language), options) if len(options) > 1 else None


def _label(name: str, language: str) -> str:
    return _LABELS["de" if language.startswith("de") else "en"][name]
