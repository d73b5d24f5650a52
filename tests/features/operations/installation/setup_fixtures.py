"""A setup on a newcomer's desk, begun and with some questions answered."""

from bot.features.operations.installation.model import AnswerVerdict
from bot.features.operations.installation.service import InstallationService
from tests.newcomer.desk import NewcomerDesk


async def begun(made: NewcomerDesk) -> InstallationService:
    setup = made.setup()
    await setup.begin()
    return setup


async def answered(made: NewcomerDesk, *names: str) -> InstallationService:
    setup = await begun(made)
    for name in names:
        found = await setup.answer(name, made.right[name])
        assert found.good, (name, found)
    return setup


def verdict(setup: InstallationService, name: str) -> AnswerVerdict | None:
    """How this field stands."""
    answer = next(one.answer for one in setup.overview().fields if one.question.name == name)
    return answer.verdict if answer is not None else None
