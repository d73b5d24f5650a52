"""Commands are told in other languages; what Discord would not take stays English."""

import json
import logging
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.discord.catalogue_rules import LARGEST, fitting, unused
from bot.discord.client import BridgeBot, point_at
from bot.discord.cog_loading import language_folders
from bot.discord.translation_catalogue import TranslationCatalogue, read
from bot.discord.translations import CommandTranslator, known, worded
from bot.model.errors import DeliveryFailed
from bot.sandbox.discord.server import DiscordServer
from tests.discord.desk import Desk
from tests.discord.discord_test_server import APPLICATION, SupervisorReports, connected, furnish, make_bot

Item = Mapping[str, Any]

TOLD = ["de", "es-419", "es-ES"]  # the languages of the program beside English, as Discord names them
CONTEXT_MENUS = (2, 3)  # what stands in the menu of a person, or of a message


@asynccontextmanager
async def speaking(*folders: Path, agrees: bool = True) -> AsyncIterator[tuple[BridgeBot, DiscordServer]]:
    """A connected bot that has the languages of this folder; `agrees`: with the contract."""
    told = SupervisorReports()
    async with DiscordServer() as server:
        point_at(server.api_url, server.gateway_url)
        furnish(server)
        bot = make_bot(Desk(), told)
        bot.locales = folders
        async with connected(bot, told):
            yield bot, server
        assert not agrees or server.contract_errors == []


def registered(server: DiscordServer) -> list[dict[str, Any]]:
    """What Discord was told."""
    return server.world.commands[APPLICATION, None]


def found(server: DiscordServer, *path: str) -> Item:
    """A command, or what stands below it."""
    item: Item = next(one for one in registered(server) if one["name"] == path[0])
    for name in path[1:]:
        item = next(one for one in item["options"] if one["name"] == name)
    return item


def families(items: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """All that stands side by side."""
    yield items
    for item in items:
        yield from families(item.get("options") or [])


def written(folder: Path, **languages: object) -> Path:
    """A folder with these files; a text is written as it is."""
    for locale, content in languages.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f"{locale}.json").write_text(text, encoding="utf-8")
    return folder


def in_all(german: str, spanish: str) -> dict[str, str]:
    """What Discord is told: its two kinds of Spanish have the same words."""
    return {"de": german, "es-419": spanish, "es-ES": spanish}


async def test_commands_options_choices_and_menus_are_told_in_german_and_spanish_too() -> None:
    async with speaking(*language_folders()) as (bot, server):
        await bot.sync_commands(None)

    show = found(server, "money", "earnings", "show")
    assert found(server, "help")["name_localizations"] == in_all("hilfe", "ayuda")
    assert found(server, "inbox", "waiting")["description_localizations"] == in_all(
        "Zeigt, welche Fans warten, die dringendsten zuerst.",
        "Muestra los fans que esperan, primero los más urgentes.",
    )
    assert found(server, "fan")["description_localizations"] == in_all(
        "Der Fan dieses Threads, und andere finden.", "El fan de este hilo, y cómo encontrar a otros."
    )
    assert found(server, "fan", "snooze", "until")["name_localizations"] == in_all("bis", "hasta")
    choices = {one["name"]: one.get("name_localizations") for one in show["choices"]}
    assert choices["the best hours"] == in_all("die besten Stunden", "las mejores horas")
    assert found(server, "Reply to this")["name_localizations"] == in_all(
        "Hierauf antworten", "Responder a esto"
    )


async def test_latin_american_spanish_may_have_a_file_of_its_own(tmp_path: Path) -> None:
    own = {"es-ES": {"names": {"help": "ayuda"}}, "es-419": {"names": {"help": "auxilio"}}}
    async with speaking(written(tmp_path, **own)) as (bot, server):
        await bot.sync_commands(None)

    assert found(server, "help")["name_localizations"] == {"es-419": "auxilio", "es-ES": "ayuda"}


async def test_what_is_told_is_what_the_library_would_tell() -> None:
    def filled(item: Item) -> Item:
        """Without empty fields: the library has them where it found nothing."""
        parts = {part: [filled(one) for one in item.get(part) or ()] for part in ("options", "choices")}
        return {name: value for name, value in {**item, **parts}.items() if value not in ({}, [])}

    async with speaking(*language_folders()) as (bot, _):
        translator = bot.tree.translator
        assert translator is not None
        library = [await one.get_translated_payload(bot.tree, translator) for one in bot.tree.get_commands()]

        assert [filled(one) for one in worded(bot.tree)] == [filled(one) for one in library]


async def test_what_has_no_translation_is_told_in_english_alone(tmp_path: Path) -> None:
    async with speaking(written(tmp_path, de={"names": {"help": "hilfe"}})) as (bot, server):
        await bot.sync_commands(None)

    assert found(server, "help")["name_localizations"] == {"de": "hilfe"}
    assert not found(server, "account", "steward").get("name_localizations")
    assert not found(server, "account", "steward").get("description_localizations")
    assert "name_localizations" not in found(server, "account", "steward", "creator")


async def test_all_that_is_told_is_by_discords_rules() -> None:
    async with speaking(*language_folders()) as (bot, server):
        await bot.sync_commands(None)

    for family in families([one for one in registered(server) if one["type"] == 1]):
        for locale in TOLD:
            shown = [(one.get("name_localizations") or {}).get(locale, one["name"]) for one in family]
            assert len(set(shown)) == len(shown)
            assert all(1 <= len(name) <= 32 and name == name.lower() and " " not in name for name in shown)
            said = [(one.get("description_localizations") or {}).get(locale, "x") for one in family]
            assert all(1 <= len(text) <= 100 for text in said)


async def test_the_languages_of_the_program_have_nothing_wrong_and_nothing_left_over() -> None:
    async with speaking(*language_folders()) as (bot, _):
        languages, problems = known(bot.tree, language_folders())
        told = [command.to_dict(bot.tree) for command in bot.tree.get_commands()]

        assert [one.locale for one in languages] == TOLD
        assert problems == []
        assert [str(one) for language in languages for one in unused(told, language)] == []


def words_of(told: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Every English word that is told, with the part of a language that it belongs to."""
    for item in told:
        yield "menus" if item["type"] in CONTEXT_MENUS else "names", item["name"]
        yield from below(item)


def below(item: Item) -> Iterator[tuple[str, str]]:
    """The same of what stands below a command."""
    if item.get("description"):
        yield "texts", item["description"]
    for choice in item.get("choices") or []:
        yield "choices", choice["name"]
    for option in item.get("options") or []:
        yield "names", option["name"]
        yield from below(option)


async def test_every_english_word_of_every_command_has_its_german_and_its_spanish_one() -> None:
    async with speaking(*language_folders()) as (bot, _):
        languages, _problems = known(bot.tree, language_folders())
        told = [command.to_dict(bot.tree) for command in bot.tree.get_commands()]

        missing = sorted(
            {
                (language.locale, kind, word)
                for language in languages
                for kind, word in words_of(told)
                if language.get(kind, word) is None
            }
        )

    assert missing == [], "each needs its line in a file of bot/discord/locales, or of its cog beside it"


async def test_examples_of_times_and_days_are_in_the_language_itself() -> None:
    english = re.compile(r"\b(tomorrow|tonight|friday|fri|last week|in \d+ (hours?|days|weeks))\b")
    async with speaking(*language_folders()) as (bot, _):
        languages, _problems = known(bot.tree, language_folders())

    assert [said for one in languages for said in one.words["texts"].values() if english.search(said)] == []


async def test_a_bad_language_is_told_at_the_start_and_breaks_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot.discord.translations")
    german = {"names": {"help": "Hilfe", "until": "bis", "claim": "meins", "release": "meins"}, "odd": {}}
    written(tmp_path, de=german, fr="{", xx={}, it=[], pl={"names": []})

    async with speaking(tmp_path) as (bot, server):
        await bot.sync_commands(None)

        assert not found(server, "help").get("name_localizations")
        assert found(server, "fan", "snooze", "until")["name_localizations"] == {"de": "bis"}
        assert found(server, "fan", "claim")["name_localizations"] == {"de": "meins"}
        assert not found(server, "fan", "release").get("name_localizations")
    said = caplog.text
    for part in (
        "de, names, “help”: a name has no capitals",
        "de, names, “release”: something beside it is called so",
        "de, odd: there is no such part",
        "fr, the file: it is no JSON",
        "xx, the file: Discord has no such language",
        "it, the file: it is no object of objects",
        "pl, names: it is no object",
    ):
        assert part in said


async def test_a_cog_brings_its_own_words_and_what_two_files_say_otherwise_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot.discord.translations")
    shared, cogs = tmp_path / "shared", tmp_path / "cogs"
    shared.mkdir()
    cogs.mkdir()
    written(shared, de={"names": {"help": "hilfe", "until": "bis"}})
    written(cogs, **{"snooze.de": {"names": {"snooze": "später", "until": "bis_wann"}}})

    async with speaking(shared, cogs) as (bot, server):
        await bot.sync_commands(None)

    assert found(server, "help")["name_localizations"] == {"de": "hilfe"}
    assert found(server, "fan", "snooze")["name_localizations"] == {"de": "später"}
    assert found(server, "fan", "snooze", "until")["name_localizations"] == {"de": "bis"}
    assert "de, names, “until”: another file says it otherwise" in caplog.text


async def test_without_any_language_everything_is_english(tmp_path: Path) -> None:
    async with speaking(tmp_path / "nothing") as (bot, server):
        await bot.sync_commands(None)

    assert not any(one.get("name_localizations") for one in registered(server))


async def test_discord_is_told_again_when_a_language_changed_and_only_then(tmp_path: Path) -> None:
    async with speaking(written(tmp_path, de={"names": {"help": "hilfe"}})) as (bot, _):
        first = await bot.sync_commands(None)
    async with speaking(tmp_path) as (bot, server):
        assert await bot.sync_commands(first) == first
        assert server.ledger.of("commands") == []
    async with speaking(written(tmp_path, de={"names": {"help": "beistand"}})) as (bot, server):
        assert await bot.sync_commands(first) != first
        assert found(server, "help")["name_localizations"] == {"de": "beistand"}


@pytest.mark.parametrize(
    "words",
    [
        {"names": {"help": "Hilfe"}},
        {"names": {"help": "zwei worte"}},
        {"names": {"claim": "release"}},
        {"names": {"help": "x" * 33}},
        {"texts": {"Show what you may do here, with examples.": "x" * 101}},
    ],
    ids=["capital", "space", "alike", "long name", "long text"],
)
async def test_the_stand_in_refuses_what_discord_would(
    words: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    async with speaking(tmp_path, agrees=False) as (bot, server):
        await bot.tree.set_translator(CommandTranslator([TranslationCatalogue("de", words)]))
        with pytest.raises(DeliveryFailed):
            await bot.sync_commands(None)

        assert (APPLICATION, None) not in server.world.commands


RULES: dict[str, tuple[str, object, str]] = {
    "a capital": ("names", "Hilfe", "no capitals"),
    "a space": ("names", "zwei worte", "letters, digits"),
    "a sign": ("names", "hilfe!", "letters, digits"),
    "nothing": ("names", "", "1 to 32"),
    "a long name": ("names", "x" * 33, "1 to 32"),
    "no text": ("names", 7, "no text"),
    "a long menu": ("menus", "x" * 33, "1 to 32"),
    "a blank choice": ("choices", " ", "1 to 100"),
    "a long text": ("texts", "x" * 101, "1 to 100"),
}


@pytest.mark.parametrize(("kind", "said", "why"), RULES.values(), ids=RULES)
def test_what_discord_would_not_take_is_left_out_and_named(kind: str, said: object, why: str) -> None:
    language, problems = read("de", json.dumps({kind: {"help": said, "other": "gut"}}).encode())

    assert language.get(kind, "help") is None
    assert language.get(kind, "other") == "gut"
    assert [why in str(one) for one in problems] == [True]


@pytest.mark.parametrize(
    "said", ["hilfe", "aide-moi", "ayuda_2", "помощь", "ช่วยเหลือ", "सहायता", "助け", "l'aide"]
)
def test_names_of_any_script_are_taken(said: str) -> None:
    assert read("de", json.dumps({"names": {"help": said}}).encode())[1] == []


def test_two_that_change_their_names_with_each_other_would_mislead_and_stay_english() -> None:
    told = [{"name": "a", "type": 1}, {"name": "b", "type": 1}]

    (fit,), problems = fitting(told, [TranslationCatalogue("de", {"names": {"a": "b", "b": "a"}})])

    assert (fit.get("names", "a"), fit.get("names", "b")) == (None, None)
    assert len(problems) == 2


def test_a_language_that_makes_a_command_too_long_keeps_its_names_and_loses_its_texts() -> None:
    options = [{"name": f"o{n}", "description": f"{n}", "type": 3} for n in range(LARGEST // 100 + 1)]
    told = [{"name": "a", "description": "d", "type": 1, "options": options}]
    texts = {f"{n}": "x" * 100 for n in range(len(options))}

    (fit,), problems = fitting(told, [TranslationCatalogue("de", {"names": {"a": "z"}, "texts": texts})])

    assert fit.get("names", "a") == "z"
    assert fit.get("texts", "1") is None
    assert [str(one) for one in problems] == ["de, texts: too long for /a"]


def test_a_translation_of_what_is_no_more_is_named() -> None:
    told = [{"name": "a", "description": "d", "type": 1}, {"name": "M", "type": 3}]
    words = {"names": {"a": "x", "old": "y"}, "menus": {"M": "N"}, "texts": {"d": "e"}}

    assert [str(one) for one in unused(told, TranslationCatalogue("de", words))] == [
        "de, names, “old”: nothing is called so"
    ]
