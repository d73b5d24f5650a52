"""The daily round, where there are more creators than one look has batches."""

from datetime import UTC, datetime
from functools import partial

from storage.engine import instance
from storage.people import creators
from storage.records import Creator, CreatorId
from tests.features.people.privacy.privacy_scenario import PrivacyScenario
from tests.features.people.privacy.test_retention import SECRET, texts
from tests.relay.relay_scenario import CREATOR


async def test_the_round_comes_to_whoever_is_last_of_many_creators_and_to_its_end(
    manor: PrivacyScenario,
) -> None:
    await manor.happen(manor.wrote(SECRET))
    for number in range(120):  # before and after the one who has something to erase
        name = CreatorId(f"{number:02x}{CREATOR[2:]}")
        await manor.database.write(partial(creators.learn, creator=Creator(name, "", ""), now=0))

    await manor.days(31)

    assert await texts(manor) == 0
    done = await manor.database.read(lambda tx: instance.recall(tx, "retention"))
    assert done == datetime.fromtimestamp(manor.clock.now() / 1000, tz=UTC).date().isoformat()
