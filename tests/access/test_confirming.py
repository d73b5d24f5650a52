"""The second press: a deed that nobody was asked about is refused."""

import asyncio
import inspect
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.access.permits import Access, ActionConfirmation, NotConfirmed
from bot.access.policy import POLICY, Action, ActionNeed
from bot.discord.answers import private
from bot.discord.asking import Handler, actor_of, asks, chosen
from bot.discord.bridge import Asked, service
from bot.discord.confirming import NOTHING_ASKED, confirmed, take
from bot.discord.error_handling import SORRY
from bot.features.people.accounts.service import AccountLinkService
from bot.model.ports import Button, Post
from bot.sandbox.discord.answers import InteractionAnswer
from tests.access.permission_specification import TWICE
from tests.access.test_entry_points import REF, EntryPointScenario
from tests.architecture.services import asked_services
from tests.confirmations import ANYBODY, NO_QUESTION, SOMEBODY_ELSES, yes_to
from tests.discord.desk import MILA
from tests.discord.discord_test_server import DiscordTestServer

pytestmark = pytest.mark.policy


async def at_once(asked: Asked) -> None:
    """Disconnects without a question."""

    async def deed() -> str:
        await service(asked, AccountLinkService).unlink(confirmed(asked))
        return "Disconnected."

    await private(asked, deed)


# In which thread is compared with the question's; `replace` says which of two buttons it was.
BESIDE_A_PROOF = {"command", "typed", "channel", "replace"}


async def used(town: DiscordTestServer, handler: Handler) -> InteractionAnswer:
    """A command with this handler is added, and Mila's owner uses it."""
    command: Any = app_commands.Command(name="hasty", description="At once.", callback=handler)
    town.bot.tree.add_command(command)
    await town.bot.sync_commands("")
    scene = EntryPointScenario(town)
    scene.become("owner")
    answer = await town.victor.slash(town.guild, town.lobby, "hasty")
    return await answer.done()


@asks(Action.UNLINK, chosen)
async def forgets_the_question(interaction: discord.Interaction[Any]) -> None:
    """Does not say that it confirms."""
    await at_once(interaction)


@asks(Action.UNLINK, chosen, confirms=True)
async def says_it_confirms(interaction: discord.Interaction[Any]) -> None:
    """Says so, and is a command all the same."""
    await at_once(interaction)


async def test_a_command_that_forgets_the_question_does_nothing(town: DiscordTestServer) -> None:
    answer = await used(town, forgets_the_question)

    assert answer.text == SORRY
    assert [link.handle for link in town.desk.links] == ["mila"]


async def test_a_command_that_pretends_to_be_the_second_press_does_nothing(town: DiscordTestServer) -> None:
    answer = await used(town, says_it_confirms)

    assert answer.text == NOTHING_ASKED
    assert [link.handle for link in town.desk.links] == ["mila"]


async def test_the_button_under_the_question_does_it(town: DiscordTestServer) -> None:
    scene = EntryPointScenario(town)
    scene.become("owner")

    asked = await town.victor.slash(town.guild, town.lobby, "account unlink")
    await asked.done()
    pressed = await town.victor.click(asked.message, "Yes, disconnect")
    await pressed.until(lambda now: "is disconnected" in now.text)

    assert town.desk.links == []


@pytest.mark.parametrize("action", sorted(TWICE))
def test_a_yes_to_one_thing_is_none_to_another(action: Action) -> None:
    yes = yes_to(action, REF)

    assert (yes.question(action), yes.question(*TWICE)) == (REF, REF)
    with pytest.raises(NotConfirmed, match=f"a yes to {action} is none to"):
        yes.question(*(TWICE - {action}))


@pytest.mark.parametrize(
    "action", sorted(one for one in TWICE if POLICY[one].needs is not ActionNeed.NOTHING)
)
def test_a_yes_about_one_creator_is_none_about_another(action: Action) -> None:
    yes = yes_to(action, REF, ANYBODY, MILA)

    yes.concerns(MILA)
    with pytest.raises(NotConfirmed, match="about one creator"):
        yes.concerns(MILA, SOMEBODY_ELSES)
    with pytest.raises(NotConfirmed, match="about one creator"):
        yes_to(action, REF).concerns(MILA)


def test_no_deed_that_wants_a_proof_is_told_beside_it_who_pressed_or_which_question() -> None:
    found = [
        (f"{kind.__name__}.{name}", set(inspect.signature(deed).parameters) - {"self", "yes"})
        for kind in asked_services()
        for name, deed in inspect.getmembers(kind, inspect.iscoroutinefunction)
        if not name.startswith("_") and ActionConfirmation in inspect.get_annotations(deed).values()
    ]

    assert len(found) > 10
    assert [deed for deed in found if not deed[1] <= BESIDE_A_PROOF] == []


async def test_a_press_is_a_proof_for_what_discord_says_was_pressed_and_for_nothing_else(
    town: DiscordTestServer,
) -> None:
    scene = EntryPointScenario(town)
    scene.become("owner")
    message = scene.show(Post(body=("Sure?",), buttons=(Button("unlink.yes", REF, "Press"),)))
    taken: asyncio.Future[list[bool]] = asyncio.get_running_loop().create_future()

    async def listens(asked: Asked) -> None:
        permits = list(await service(asked, Access).permitted(actor_of(asked), Action.UNLINK))
        taken.set_result([take(asked, permits, (asked, ref)) for ref in (NO_QUESTION, "", REF)])

    town.bot.add_listener(listens, "on_interaction")
    await scene.person.click(message, "Press")

    assert await asyncio.wait_for(taken, 60) == [False, False, True]


async def pressed_in_view(town: DiscordTestServer, button: str) -> tuple[InteractionAnswer, str]:
    """Mila's owner presses a button of a message in a thread; what they see, and what everybody does."""
    scene = EntryPointScenario(town)
    await scene.open()
    scene.begin()
    message = scene.show(Post(body=("Everybody reads this.",), buttons=(Button(button, REF, "Press"),)))
    scene.become("owner")

    answer = await scene.person.click(message, "Press")
    await answer.until(lambda now: now.text not in {"", "Everybody reads this."})
    return answer, message.text


async def test_what_is_private_does_not_take_the_place_of_a_message_that_others_read(
    town: DiscordTestServer,
) -> None:
    answer, shown = await pressed_in_view(town, "team.cancel")

    assert (answer.text, answer.ephemeral) == (f"{REF} is not done.", True)
    assert shown == "Everybody reads this."


async def test_what_shows_in_the_thread_does(town: DiscordTestServer) -> None:
    answer, shown = await pressed_in_view(town, "propose.no")

    assert (answer.text, shown) == ("Cancelled.", "Cancelled.")
