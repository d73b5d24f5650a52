"""What the commands and their options are called, for the texts that name them."""

import json

from discord import app_commands

from bot.discord.cog_loading import cog_names, language_folders, load_cogs, set_up
from bot.discord.translation_catalogue import CHOICES, NAMES
from bot.discord.translations import known
from bot.model.language import closest
from tests.discord.desk import Desk
from tests.discord.discord_test_server import SupervisorReports, make_bot
from tests.languages.extraction import TRANSLATED


async def named_commands() -> bytes:
    """The commands and options in each language, as Discord is told them."""
    bot = make_bot(Desk(), SupervisorReports())
    await set_up(bot, load_cogs(cog_names()))
    told, problems = known(bot.tree, language_folders())
    assert not problems, problems
    say = {closest(one.locale): one for one in told}
    given = [
        option
        for command in bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for option in command.parameters
    ]
    options = {option.display_name for option in given}
    choices = {choice.name for option in given for choice in option.choices if " " not in choice.name}

    def named(language: str) -> dict[str, dict[str, str]]:
        def one(word: str) -> str:
            return say[language].get(NAMES, word) or word

        paths = [command.qualified_name for command in bot.tree.walk_commands()]
        return {
            "commands": {f"/{path}": f"/{' '.join(map(one, path.split()))}" for path in sorted(paths)},
            "options": {option: one(option) for option in sorted(options)},
            "choices": {choice: say[language].get(CHOICES, choice) or choice for choice in sorted(choices)},
        }

    every = {language: named(language) for language in TRANSLATED}
    return f"{json.dumps(every, ensure_ascii=False, indent=1)}\n".encode()
