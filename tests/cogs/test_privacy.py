"""/settings privacy is its creator's owner's alone."""

from bot.discord.asking import NOT_HERE
from bot.features.people.privacy.answer_service import PrivacyAnswerService
from bot.model.ports import Button, Post
from bot.sandbox.discord.answers import InteractionAnswer
from bot.sandbox.discord.messages import MAX_FILE_BYTES
from storage.records import DiscordId, EffectId
from tests.discord.discord_test_server import DiscordTestServer
from tests.features.people.privacy.desk import DeskAnswering

REF = "AbCdEfGhIjKlMnOpQr-_12"


async def said_to(town: DiscordTestServer, who: str, command: str, **options: object) -> str:
    answer = await getattr(town, who).slash(town.guild, town.lobby, command, **options)
    await answer.done()
    assert answer.ephemeral
    return str(answer.text)


async def test_the_owner_is_asked_about_a_choice_and_sees_what_holds(town: DiscordTestServer) -> None:
    town.desk.link_up(DiscordId(town.maya.user.id), "mila", DiscordId(town.guild.id))
    me = town.maya.user.id

    assert (
        await said_to(town, "maya", "settings privacy mode", mode="private") == f"@mila to private for {me}?"
    )
    assert (
        await said_to(town, "maya", "settings privacy retention", texts=7)
        == f"@mila keeps 7, None, None for {me}?"
    )
    years = await said_to(town, "maya", "settings privacy retention", records=400, money_years=10)
    assert years == f"@mila keeps None, 400, 3652 for {me}?"
    assert await said_to(town, "maya", "settings privacy show") == "What holds for @mila."


async def test_the_owner_is_asked_about_a_file_of_somebody_or_of_all(town: DiscordTestServer) -> None:
    town.desk.link_up(DiscordId(town.maya.user.id), "mila", DiscordId(town.guild.id))
    me, lobby = town.maya.user.id, town.lobby.id

    assert (
        await said_to(town, "maya", "settings privacy export") == f"Export None or {lobby} of @mila for {me}?"
    )
    whole = await said_to(town, "maya", "settings privacy export", creator="@mila")
    assert whole == f"Export None or None of @mila for {me}?"
    one = await said_to(town, "maya", "settings privacy export", fan="noah")
    assert one == f"Export noah or {lobby} of @mila for {me}?"
    offered = await town.maya.autocomplete(town.guild, town.lobby, "settings privacy export", "fan", "no")
    assert [choice["value"] for choice in offered] == ["a-fan"]


async def test_the_owner_types_the_handle_before_anything_is_erased(town: DiscordTestServer) -> None:
    link = town.desk.link_up(DiscordId(town.maya.user.id), "mila", DiscordId(town.guild.id))
    town.desk.waiting[EffectId(REF)] = link.creator
    assert (
        await said_to(town, "maya", "settings privacy erase")
        == f"Erase all of @mila for {town.maya.user.id}?"
    )
    post = Post(body=("All?",), buttons=(Button("erase.yes", REF, "Erase"),))
    await town.bot.discord.post(DiscordId(town.lobby.id), post, nonce="n" * 22)

    window = await town.maya.click(town.maya.read(town.lobby)[-1], "Erase")
    await window.opened()
    answer = await (await town.maya.submit(window, {"text": "@mila"})).done()
    by_another = await town.victor.click(town.victor.read(town.lobby)[-1], "Erase")

    assert answer.ephemeral
    assert answer.text.startswith(f"Begun {REF} by {town.maya.user.id} with '@mila'")
    assert (await by_another.done()).text == NOT_HERE


async def handed(town: DiscordTestServer, content: bytes) -> InteractionAnswer:
    """The owner presses Yes under a question about a file with this in it."""
    link = town.desk.link_up(DiscordId(town.maya.user.id), "mila", DiscordId(town.guild.id))
    town.desk.waiting[EffectId(REF)] = link.creator
    answering = town.bot.services.get(PrivacyAnswerService)
    assert isinstance(answering, DeskAnswering)
    answering.content = content
    post = Post(body=("A file?",), buttons=(Button("export.yes", REF, "Yes"),))
    await town.bot.discord.post(DiscordId(town.lobby.id), post, nonce="n" * 22)
    answer = await town.maya.click(town.maya.read(town.lobby)[-1], "Yes")
    return await answer.until(lambda now: bool(now.text) and "A file?" not in now.text)


async def test_a_file_comes_with_the_answer(town: DiscordTestServer) -> None:
    answer = await handed(town, b'{"readme": []}')

    assert answer.text.startswith(f"Yes to privacy.export {REF}")
    assert answer.message is not None
    (file,) = answer.message.attachments
    assert (file.filename, file.content) == ("export.json", b'{"readme": []}')


async def test_where_discord_does_not_take_the_file_the_command_is_named(town: DiscordTestServer) -> None:
    answer = await handed(town, b"x" * (MAX_FILE_BYTES + 1))

    assert "Discord did not accept the file." in answer.text
    assert "fanvue-bridge privacy export" in answer.text
    assert answer.message is not None
    assert answer.message.attachments == []


async def test_nobody_else_finds_that_creator_not_even_whoever_owns_the_server(
    town: DiscordTestServer,
) -> None:
    town.desk.link_up(DiscordId(town.maya.user.id), "mila", DiscordId(town.guild.id))

    for who in ("victor", "olivia"):
        assert await said_to(town, who, "settings privacy mode", mode="full") == NOT_HERE
        assert await said_to(town, who, "settings privacy show") == NOT_HERE
        assert await said_to(town, who, "settings privacy retention", texts=1) == NOT_HERE
        assert await said_to(town, who, "settings privacy export") == NOT_HERE
        assert await said_to(town, who, "settings privacy erase") == NOT_HERE
