"""Texts name a command as the reader's own Discord shows it."""

import asyncio
import re

import pytest
from discord import app_commands

from bot.discord.cog_loading import cog_names, load_cogs, set_up
from bot.discord.command_mentions import clickable
from bot.model.command_names import as_shown
from bot.model.language import english, speak, speaking, tr, tr_stored
from tests.discord.desk import Desk
from tests.discord.discord_test_server import SupervisorReports, make_bot
from tests.languages.extraction import templates

_NAMED = re.compile(r"(?<![\w/.<}-])/[a-z][\w-]*(?: [\w-]+){0,2}")
_PATHS = ("/v1",)  # of Fanvue's interface


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (
            "Use /account show, or `/mass limits cap:5`.",
            "Use /konto zeigen, or `/massennachricht grenzen obergrenze:5`.",
        ),
        ("/inbox waiting shows who waits", "/posteingang wartend shows who waits"),
        ("https://host/link and </link:12> and/link stay", "https://host/link and </link:12> and/link stay"),
        (
            "Set it with `/settings alerts mine kind:tip`.",
            "Set it with `/einstellungen meldungen meine art:Trinkgeld`.",
        ),
        ("At 18:00, on <t:12:R>, a price: none", "At 18:00, on <t:12:R>, a price: none"),
    ],
)
def test_commands_are_named_as_the_readers_discord_shows_them(message: str, shown: str) -> None:
    with speaking("de"):
        assert tr(message) == shown
    with speaking("en"):
        assert tr(message) == message


def test_the_commands_are_those_of_the_client_whatever_somebody_chose_to_read() -> None:
    async def act(chosen: str, client: str) -> str:
        speak(chosen, commands=client)
        return tr("Start again with /link.")

    async def acts() -> list[str]:
        tasks = [asyncio.create_task(act(*one)) for one in (("en", "de"), ("de", "en"), ("de", "de"))]
        return [await one for one in tasks]

    english_words, german_words, german = asyncio.run(acts())

    assert english_words == "Start again with /verbinden."
    assert "/link" in german_words
    assert german == german_words.replace("/link", "/verbinden")


def test_only_what_is_ours_is_named_anew() -> None:
    with speaking("de"):
        assert tr("{text}", text="/link") == "/link"
        assert tr("{command}", command="/link") == "/verbinden"
        assert tr_stored(english("Make a new one with {command}.", command="/post new")) == (
            "Fang mit /post neu neu an."
        )


def test_a_command_that_is_named_in_german_is_clickable_by_its_real_name() -> None:
    ids, commands = {"inbox": 7}, ["/inbox waiting", "/link"]

    told = clickable("/posteingang wartend zeigt es, /verbinden auch.", ids, commands, shown_in="de")

    assert told == "</inbox waiting:7> zeigt es, /verbinden auch."


async def test_every_command_that_a_text_names_can_be_typed() -> None:
    bot = make_bot(Desk(), SupervisorReports())
    await set_up(bot, load_cogs(cog_names()))
    commands = {
        f"/{one.qualified_name}" for one in bot.tree.walk_commands() if isinstance(one, app_commands.Command)
    }

    def is_one(named: str) -> bool:
        words = named.split(" ")
        return any(" ".join(words[:number]) in commands for number in (1, 2, 3))

    unknown = {
        f"{named}: {sentence}"
        for template in templates().values()
        for message in template
        for sentence in ([message.id] if isinstance(message.id, str) else message.id)
        for named in _NAMED.findall(sentence)
        if not is_one(named) and not named.startswith(_PATHS)
    }

    assert unknown == set()


@pytest.mark.parametrize("language", ["de", "es"])
def test_the_address_of_a_page_is_no_command(language: str) -> None:
    page = '<form method="post" action="/link/consent">'

    assert as_shown(page, language) == page
    assert as_shown("<strong>/link</strong>", language) != "<strong>/link</strong>"
