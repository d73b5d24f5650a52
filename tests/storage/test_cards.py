"""What threads show: who has a tag, by the name that each forum gave its id."""

from storage.database import Database, Transaction
from storage.inbox import cards, fans, forums, threads
from storage.inbox.cards import REFUSED, CardShown
from storage.records import DiscordId, Fan, FanId, ThreadKey
from tests.storage import record_fixtures
from tests.storage.query_plans import plan_of
from tests.storage.record_fixtures import CREATOR, fan_thread

FIRST, SECOND = DiscordId(101), DiscordId(102)
TAGS = {FIRST: '{"attention": 5, "waiting": 55}', SECOND: '{"attention": 55, "waiting": 6}'}
SHOWN = {  # fan → in which forum, with which tags
    "alone": (FIRST, "5"),
    "among": (FIRST, "7 5 8"),
    "not": (FIRST, "55"),
    "none": (FIRST, ""),
    "refused": (FIRST, f"{REFUSED}5"),
    "there": (SECOND, "55 6"),
    "elsewhere": (SECOND, "5"),
}


async def test_who_has_a_tag_as_far_as_is_known(known: Database) -> None:
    async def work(tx: Transaction) -> None:
        for forum, tags in TAGS.items():
            await forums.add(tx, record_fixtures.forum(forum, tags=tags), now=0)
        for number, (name, (forum, tags)) in enumerate(SHOWN.items()):
            fan, key, thread = FanId(name), ThreadKey(name), DiscordId(900 + number)
            await fans.learn(tx, Fan(CREATOR, fan, None, None, None, 0))
            await threads.want(tx, fan_thread(key=key, fan=fan, forum=forum, reference=name))
            await threads.opened(tx, key, thread=thread, card=thread)
            await cards.keep(tx, CREATOR, fan, CardShown(thread, "digest", tags))

    await known.write(work)

    found = await known.read(lambda tx: cards.tagged(tx, "attention"))
    assert sorted(fan for _, fan in found) == ["alone", "among", "there"]
    assert {creator for creator, _ in found} == {CREATOR}
    assert await known.read(lambda tx: cards.tagged(tx, "no such tag")) == []


async def test_a_look_for_troubles_reads_only_what_waits_for_a_person(known: Database, url: str) -> None:
    plan = await plan_of(known, url, cards.TROUBLED, {})

    assert any("outbox_attention" in step for step in plan)
