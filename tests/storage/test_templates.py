"""Templates on both databases."""

from dataclasses import replace
from functools import partial

from storage.database import Database, Transaction
from storage.engine import outbox
from storage.inbox import messages, templates
from storage.inbox.templates import ANYWHERE, SHARED, StoredTemplate, TemplateFigures
from storage.people import creator_wipe, pruning
from storage.publishing import campaigns
from storage.publishing.campaigns import Campaign
from storage.records import DiscordId, TemplateId
from tests.storage.record_fixtures import CREATOR, OTHER_CREATOR, new_effect, paired

SERVER, ELSEWHERE = DiscordId(7), DiscordId(8)
OWN = StoredTemplate(TemplateId("own"), ANYWHERE, CREATOR, "Hello", "hello", b"sealed", DiscordId(1), 10)
OURS = replace(OWN, id=TemplateId("ours"), guild=SERVER, creator=SHARED, at=20)
OTHERS = replace(OWN, id=TemplateId("others"), creator=OTHER_CREATOR)


async def fill(tx: Transaction) -> None:
    for kept in (OWN, OURS, OTHERS):
        await templates.put(tx, kept)


async def ids(database: Database, guild: DiscordId = SERVER) -> list[str]:
    return [kept.id for kept in await database.read(lambda tx: templates.usable(tx, CREATOR, guild))]


async def test_a_creator_has_their_own_and_those_of_the_server_newest_used_first(database: Database) -> None:
    await database.write(fill)
    before = await ids(database)

    await database.write(lambda tx: templates.use(tx, "c1", OWN.id, CREATOR, now=30))
    await database.write(lambda tx: templates.use(tx, "c1", OWN.id, CREATOR, now=40))

    assert before == ["ours", "own"]
    assert await ids(database) == ["own", "ours"]
    assert await ids(database, ELSEWHERE) == ["own"]
    assert await database.read(lambda tx: templates.get(tx, OWN.id)) == replace(OWN, used_at=40)


async def test_a_change_keeps_place_and_use_and_a_name_is_found_in_its_place(database: Database) -> None:
    await database.write(fill)
    changed = replace(OWN, name="Bye", key="bye", body=b"other", at=50)

    await database.write(lambda tx: templates.put(tx, changed))

    named = await database.read(lambda tx: templates.named(tx, ANYWHERE, CREATOR, "bye"))
    assert named == changed
    assert await database.read(lambda tx: templates.named(tx, ANYWHERE, CREATOR, "hello")) is None
    assert await database.read(lambda tx: templates.number(tx, ANYWHERE, CREATOR)) == 1


async def test_what_is_removed_takes_its_uses_along(database: Database) -> None:
    await database.write(fill)
    await database.write(lambda tx: templates.use(tx, "c1", OWN.id, CREATOR, now=30))

    gone = await database.write(lambda tx: templates.remove(tx, OWN.id))
    again = await database.write(lambda tx: templates.remove(tx, OWN.id))

    rows = await database.read(lambda tx: tx.all("SELECT * FROM template_uses"))
    assert (gone, again, rows) == (True, False, [])


async def test_an_erased_creators_go_and_shared_ones_stay(database: Database) -> None:
    await database.write(fill)
    await database.write(lambda tx: templates.use(tx, "c1", OURS.id, CREATOR, now=30))

    async def wipe(tx: Transaction) -> None:
        while (await creator_wipe.wipe(tx, CREATOR, limit=10))[0]:
            pass

    await database.write(wipe)

    assert await ids(database) == ["ours"]
    assert await database.read(lambda tx: templates.get(tx, OTHERS.id)) == OTHERS
    assert await database.read(lambda tx: tx.all("SELECT * FROM template_uses")) == []


async def test_what_is_known_of_old_uses_goes_with_the_records(database: Database) -> None:
    await database.write(fill)
    for ref, at in (("c1", 30), ("c2", 60)):
        await database.write(lambda tx, ref=ref, at=at: templates.use(tx, ref, OWN.id, CREATOR, now=at))  # type: ignore[misc]  # a default binds them

    await database.write(lambda tx: pruning.records(tx, CREATOR, before=50, limit=9))

    rows = await database.read(lambda tx: tx.all("SELECT ref FROM template_uses"))
    assert [row["ref"] for row in rows] == ["c2"]


async def test_what_went_out_for_a_price_and_was_bought_is_counted(known: Database) -> None:
    await known.write(fill)

    async def send(tx: Transaction, number: int, price: int | None, bought: int | None) -> None:
        sent = new_effect(number)
        await outbox.add(tx, sent)
        await templates.use(tx, sent.cause, OWN.id, CREATOR, now=number)
        if number == 9:
            return  # still waits
        await tx.execute("UPDATE outbox SET state = 'done' WHERE id = :id", id=sent.id)
        made = paired(number, direction="out", effect=sent.id, price=price, bought_at=bought)
        await messages.pair(tx, made)

    for number, price, bought in ((1, 300, 5), (2, 300, None), (3, None, None), (4, 0, None), (9, 300, None)):
        await known.write(lambda tx, n=number, p=price, b=bought: send(tx, n, p, b))  # type: ignore[misc]  # defaults bind them

    assert await known.read(lambda tx: templates.figures(tx, OWN.id, CREATOR)) == TemplateFigures(4, 2, 1)
    assert await known.read(lambda tx: templates.figures(tx, OWN.id, OTHER_CREATOR)) == TemplateFigures(
        0, 0, 0
    )
    assert await known.read(lambda tx: templates.figures(tx, OURS.id, CREATOR)) == TemplateFigures(0, 0, 0)


async def test_mass_messages_and_posts_from_it_are_counted_apart_once_each(known: Database) -> None:
    await known.write(fill)

    async def carry(tx: Transaction, number: int, kind: str, state: str) -> None:
        carried = replace(new_effect(number), kind=kind)
        await outbox.add(tx, carried)
        await templates.remember(tx, carried.cause, OWN.id, CREATOR, now=number)
        await tx.execute("UPDATE outbox SET state = :state WHERE id = :id", state=state, id=carried.id)

    cases = (
        ("proposed.mass", "done"),
        ("proposed.mass", "failed"),
        ("proposed.post", "done"),
        ("proposed.post", "done"),
        ("proposed.postask", "done"),
    )
    for number, (kind, state) in enumerate(cases, 1):
        await known.write(lambda tx, n=number, k=kind, s=state: carry(tx, n, k, s))  # type: ignore[misc]  # defaults bind them

    assert await known.read(lambda tx: templates.figures(tx, OWN.id, CREATOR)) == TemplateFigures(
        0, 0, 0, 1, 2
    )


async def test_of_mass_messages_from_it_it_is_counted_who_got_them_for_a_price_and_who_bought(
    known: Database,
) -> None:
    await known.write(fill)

    async def carry(tx: Transaction, number: int, reached: int | None, bought: int | None) -> None:
        carried = replace(new_effect(number), kind="proposed.mass")
        await outbox.add(tx, carried)
        await templates.remember(tx, carried.cause, OWN.id, CREATOR, now=number)
        await tx.execute("UPDATE outbox SET state = 'done' WHERE id = :id", id=carried.id)
        message = f"m{number}"
        followed = Campaign(CREATOR, message, carried.id, DiscordId(1), 5, None, None, 0, None)
        await campaigns.follow(tx, followed)
        await campaigns.count(tx, CREATOR, message, reached=reached, bought=bought)

    for number, reached, bought in ((1, 40, 3), (2, None, None), (3, 60, 0)):
        await known.write(lambda tx, n=number, r=reached, b=bought: carry(tx, n, r, b))  # type: ignore[misc]  # defaults bind them

    found = await known.read(lambda tx: templates.figures(tx, OWN.id, CREATOR))
    elsewhere = await known.read(lambda tx: templates.figures(tx, OWN.id, OTHER_CREATOR))
    assert found == TemplateFigures(0, 0, 0, masses=3, reached=100, unlocked=3)
    assert elsewhere == TemplateFigures(0, 0, 0)


async def test_a_preview_comes_from_the_template_of_the_press_before_it(database: Database) -> None:
    await database.write(fill)
    await database.write(lambda tx: templates.remember(tx, "press", OWN.id, CREATOR, now=30))

    await database.write(lambda tx: templates.follow(tx, "draft", ("press", "other"), now=40))
    await database.write(lambda tx: templates.follow(tx, "next", ("press2", "draft"), now=50))
    await database.write(lambda tx: templates.follow(tx, "none", ("press2", "link"), now=60))
    await database.write(lambda tx: templates.left(tx, "next", now=70))

    refs = "draft", "next", "none"
    found = [await database.read(partial(templates.of_ref, ref=ref)) for ref in refs]

    assert found == [OWN.id, OWN.id, None]
    assert await database.read(lambda tx: templates.get(tx, OWN.id)) == replace(OWN, used_at=70)
