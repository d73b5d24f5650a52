"""/help by task: topics, a search, clickable commands, and only what one may do."""

import re
from functools import partial

import pytest

from bot.discord.client import BridgeBot
from bot.discord.cog_loading import cog_names, load_cogs, set_up
from bot.discord.command_mentions import clickable
from bot.model.command_names import as_shown
from bot.model.language import LANGUAGES, speaking
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.people import DiscordPerson
from cogs.operations.help_search import matching_tasks
from cogs.operations.help_task_views import help_tasks
from cogs.operations.help_tasks import TASKS, HelpTopic
from storage.records import DiscordId
from tests.architecture.source_tree import TOP
from tests.discord.desk import MILA, Desk
from tests.discord.discord_test_server import DiscordTestServer, SupervisorReports, make_bot

LIMIT = 4_000  # characters of one message
COMMAND = re.compile(r"/[\w-]+(?: [\w-]+){0,2}")


@pytest.fixture
async def bot() -> BridgeBot:
    bot = make_bot(Desk(), SupervisorReports())
    await set_up(bot, load_cogs(cog_names()))
    return bot


async def helped(town: DiscordTestServer, who: DiscordPerson, **options: str) -> InteractionAnswer:
    answer = await (await who.slash(town.guild, town.lobby, "help", **options)).done()
    assert answer.ephemeral
    return answer


async def topic(
    town: DiscordTestServer, who: DiscordPerson, answer: InteractionAnswer, wanted: HelpTopic
) -> str:
    """They turn to another topic."""
    before = answer.text
    await who.choose(answer.message, "Choose a topic", wanted.value)
    await town.server.world.until(partial(_turned, answer, before), 10)
    return answer.text


def _turned(answer: InteractionAnswer, before: str) -> bool:
    return answer.text != before


def best(typed: str) -> str:
    """The task that comes first for these words."""
    return next(iter(matching_tasks(help_tasks(), typed))).key


async def test_every_task_names_commands_that_there_are(bot: BridgeBot) -> None:
    tree = {f"/{one.qualified_name}" for one in bot.tree.walk_commands()}
    page = (TOP / "docs" / "commands.md").read_text(encoding="utf-8")  # also of a feature that was taken away
    known = tree | {found.rstrip("`") for found in re.findall(r"^\| `(/[a-z -]+)`", page, re.MULTILINE)}

    assert {one.needs for one in help_tasks()} <= known
    for task in help_tasks():
        for spoken, words in task.said.items():
            named = {as_shown(name, spoken) for name in known}
            for found in COMMAND.findall(words.steps):
                assert any(found == name or found.startswith(f"{name} ") for name in named), (task.key, found)


@pytest.mark.parametrize(
    ("typed", "task"),
    [
        ("send a paid picture", "paid"),
        ("plan a mass message", "mass"),
        ("someone left the team", "left"),
        ("undo a mass message", "recall"),
        ("phone rings at night", "pings"),
        ("delete my message", "unsend"),
        ("time zone", "settings"),
        ("hire a chatter", "grant"),
        ("bezahltes Bild senden", "paid"),
        ("Massennachricht planen", "mass"),
        ("jemand hat gekündigt", "left"),
        ("Zeitzone", "settings"),
        ("enviar una foto de pago", "paid"),
        ("programar un mensaje masivo", "mass"),
        ("alguien dejó el equipo", "left"),
        ("zona horaria", "settings"),
    ],
)
def test_people_find_what_they_want_by_their_own_words(typed: str, task: str) -> None:
    assert best(typed) == task


def test_words_that_fit_nothing_find_nothing() -> None:
    assert matching_tasks(help_tasks(), "xylophone") == []
    assert matching_tasks(help_tasks(), "how can I") == []


def test_every_task_is_said_in_each_language_and_a_topic_fits_into_a_message() -> None:
    assert all(set(task.said) == set(LANGUAGES) for task in help_tasks())
    for language in LANGUAGES:
        for page in HelpTopic:
            with speaking(language):
                words = [task.words for task in help_tasks() if task.topic is page]
            assert 1 <= len(words) <= 9, page
            assert sum(len(one.title) + 3 * len(one.steps) for one in words) < LIMIT, page
    assert len(TASKS) == len({key for key, *_ in TASKS})


async def test_a_chatter_reads_their_topics_with_commands_to_click(town: DiscordTestServer) -> None:
    town.desk.fans.add(DiscordId(1))
    answer = await helped(town, town.maya)
    first = answer.text
    fans = await topic(town, town.maya, answer, HelpTopic.FANS)

    (own,) = [one for one in town.maya.commands(town.lobby) if one["name"] == "inbox"]
    assert "What do you want to do? · Start here" in first
    assert "You are a chatter." in first
    assert "Set up a creator's channels" not in first
    assert f"</inbox waiting:{own['id']}> lists them" in fans
    assert "Send a reply later" in fans


async def test_who_is_in_no_team_reads_how_to_begin_and_no_more(town: DiscordTestServer) -> None:
    answer = await helped(town, town.victor)

    assert "Connect a Fanvue account" in answer.text
    assert "See what waits for me" not in answer.text
    assert "Choose a topic" not in str(answer.message and answer.message.components)


async def test_a_search_finds_tasks_and_commands_and_says_when_there_is_nothing(
    town: DiscordTestServer,
) -> None:
    town.desk.fans.add(DiscordId(1))
    found = (await helped(town, town.maya, search="paid picture")).text
    by_name = (await helped(town, town.maya, search="snooze")).text
    nothing = (await helped(town, town.maya, search="xylophone")).text
    hidden = (await helped(town, town.maya, search="someone left the team")).text

    assert "Send a paid picture" in found
    assert "Snooze this thread's fan until a time." in by_name
    assert "Nothing fits “xylophone”" in nothing
    assert "Someone left the team" not in hidden
    assert "team remove:" not in hidden


async def test_the_search_button_opens_a_window(town: DiscordTestServer) -> None:
    town.desk.fans.add(DiscordId(1))
    answer = await helped(town, town.maya)
    opened = await town.maya.click(answer.message, "Search")
    await opened.opened()

    done = await (await town.maya.submit(opened, {"text": "vault"})).says("vault")

    assert "Help for “vault”" in done.text


async def test_german_readers_read_german(town: DiscordTestServer) -> None:
    town.desk.link_up(DiscordId(town.olivia.user.id), "mila", DiscordId(town.guild.id), creator=MILA)
    town.desk.fans.add(DiscordId(1))
    town.olivia.user.locale = "de"

    said = (await helped(town, town.olivia)).text
    found = (await helped(town, town.olivia, search="jemand hat das team verlassen")).text

    assert "Was möchtest du tun? · Zum Anfangen" in said
    assert "Jemand hat das Team verlassen" in found


async def test_while_a_search_is_typed_tasks_are_offered(town: DiscordTestServer) -> None:
    town.desk.fans.add(DiscordId(1))
    offered = await town.maya.autocomplete(town.guild, town.lobby, "help", "search", "pictu")

    assert offered[0]["value"] == "Send a paid picture"


def test_a_command_can_be_clicked_only_where_its_id_is_known() -> None:
    known = {"/inbox waiting", "/reply", "/mass new"}

    made = clickable("Use /inbox waiting now, /reply there, /nothing and a/b.", {"inbox": 7}, known)

    assert made == "Use </inbox waiting:7> now, /reply there, /nothing and a/b."
