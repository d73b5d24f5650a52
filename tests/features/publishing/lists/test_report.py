"""The whole program: many handles of a file that matched nobody, as a file."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.features.publishing.lists.actions import crowd, csv, say
from tests.proofs.faults.live_bridge import LiveBridge, housed


@pytest_asyncio.fixture
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBridge]:
    """A house of its own."""
    async with housed(tmp_path_factory.mktemp("report")) as made:
        yield made
        assert made.stage.discord.contract_errors == []
        assert made.stage.fanvue.contract_errors == []


async def test_many_handles_of_nobody_are_a_private_file_that_can_be_put_right_and_sent_again(
    house: LiveBridge,
) -> None:
    fans, wrong = crowd(house, 2, "report"), [f"zz_report{n:02d}" for n in range(45)]

    asked = await say(house, "import", name="Report", file=csv(fans, *wrong))
    few = await say(house, "import", name="Report", file=csv(fans, *wrong[:30]))
    none = await say(house, "import", name="Report", file=csv([], *wrong))

    for answer in (asked, none):
        assert answer.message is not None
        (file,) = answer.message.attachments
        assert file.filename == "matched-nobody.txt"
        assert file.content.decode().split() == wrong
        assert "No match (45): @zz_report00" in answer.text.replace("\\", "")
        assert "and 15 more. All of them are in the file" in answer.text
    assert few.message is not None
    assert few.message.attachments == []
    again = await say(house, "import", name="Report", file=(file.filename, file.content))
    assert "No match (45)" in again.text
