"""A press that is none to this question: nothing is chosen, handed over or erased."""

from collections.abc import Awaitable, Callable

import pytest

from bot.access.policy import Action
from bot.model.ports import Post
from storage.people import erasures
from storage.people.privacy_modes import PrivacyMode
from tests.confirmations import pressed_by_mistake, ref_of, yes_to
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.relay.relay_scenario import ALERTS, CREATOR, MAYA

Ask = Callable[[PrivacyScenario], Awaitable[Post]]


async def about_the_mode(manor: PrivacyScenario) -> Post:
    return await manor.privacy.choosing.mode(await manor.owner(), MAYA, PrivacyMode.PRIVATE)


async def about_forgetting(manor: PrivacyScenario) -> Post:
    return await manor.privacy.forgetting.ask(await manor.owner(), MAYA, await manor.thread())


async def about_a_file(manor: PrivacyScenario) -> Post:
    return await manor.privacy.handing.ask(await manor.owner(), MAYA, fan=None, thread=None)


async def about_erasing(manor: PrivacyScenario) -> Post:
    return await manor.privacy.erasure.ask(await manor.owner(), MAYA)


async def still_open(manor: PrivacyScenario, question: Post) -> bool:
    state = await manor.database.read(
        lambda tx: tx.one("SELECT state FROM drafts WHERE id = :id", id=ref_of(question))
    )
    return state is not None and state["state"] == "open"


@pytest.mark.parametrize(
    ("action", "ask"),
    [
        (Action.PRIVACY_SET, about_the_mode),
        (Action.FORGET, about_forgetting),
        (Action.EXPORT, about_a_file),
    ],
)
async def test_a_foreign_press_is_no_yes(manor: PrivacyScenario, action: Action, ask: Ask) -> None:
    await manor.greeted()
    question = await ask(manor)
    yes, before = yes_to(action, ref_of(question), MAYA, CREATOR), len(await manor.audit())

    await pressed_by_mistake(yes, manor.privacy.answering.yes)

    assert await still_open(manor, question)
    assert len(await manor.audit()) == before
    assert (await manor.privacy.answering.yes(yes)).text
    assert not await still_open(manor, question)


async def test_a_foreign_window_erases_nothing(manor: PrivacyScenario) -> None:
    question, handle = await about_erasing(manor), (await manor.owner()).handle
    command = await manor.privacy.erasure.stage(manor.wish(ALERTS))
    assert command is not None
    erasure, yes = manor.privacy.erasure, yes_to(Action.ERASE, ref_of(question), MAYA, CREATOR)

    await pressed_by_mistake(yes, lambda forged: erasure.begin(command, handle, forged))

    assert await still_open(manor, question)
    assert await manor.database.read(erasures.under_way) == []
