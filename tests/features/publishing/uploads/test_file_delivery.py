"""A file goes into the vault once, whatever is lost on the way."""

from pathlib import Path

import pytest

from bot.sandbox.fanvue.faults import Kind
from storage.database import Transaction
from storage.publishing import uploads
from storage.publishing.uploads import UploadState
from tests.features.publishing.uploads.uploads_scenario import UploadsScenario, opened, tags

BEGIN, ADDRESS, PUT = r"/media/uploads$", r"/url$", r"/_parts/"
FINISH, ITEM = r"/media/uploads/[^/]+$", r"/media/[0-9a-f-]{36}$"


@pytest.mark.parametrize("prefix", ["/v1", ""], ids=["v1", "unversioned"])
async def test_a_file_is_in_the_vault_byte_by_byte_and_under_its_name(tmp_path: Path, prefix: str) -> None:
    async with opened(tmp_path, prefix=prefix) as dock:
        dock.evening.server.switches.processing_seconds = 20.0
        path = dock.file("secret-beach.mp4", 2500)
        upload = await dock.take(path)
        waits = await dock.once(upload)
        meanwhile = dock.item(waits).status
        done = await dock.carry(upload)

        assert (waits.state, waits.parts, meanwhile) == (UploadState.PROCESSING, 3, "processing")
        assert (done.state, done.known, dock.item(done).status) == (UploadState.DONE, False, "ready")
        assert (dock.item(done).name, dock.item(done).type) == ("secret-beach", "video")
        assert dock.stored(done) == tags(path)
        assert dock.sent() == [1, 2, 3]


@pytest.mark.parametrize("kind", ["lose_answer", "error_before", "too_many"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", BEGIN), ("GET", ADDRESS), ("PUT", PUT), ("PATCH", FINISH), ("GET", ITEM)],
    ids=["begin", "address", "part", "finish", "item"],
)
async def test_whatever_answer_is_lost_there_is_one_item_and_it_is_whole(
    dock: UploadsScenario, method: str, path: str, kind: Kind
) -> None:
    file = dock.file()
    fault = dock.evening.server.faults.add(kind, method, path)
    done = await dock.put(file)

    assert fault.count == 0, "it went wrong where it was to"
    assert (done.state, dock.stored(done)) == (UploadState.DONE, tags(file))
    assert dock.asked("PATCH", "/media/uploads") == 1, "the item says whether it was carried out"
    assert dock.vault == [done.media]


async def test_a_program_that_died_between_two_parts_goes_on_with_the_next_one(dock: UploadsScenario) -> None:
    dock.evening.server.faults.add("error_before", "PUT", r"/_parts/.*/2$", status=503)
    upload = await dock.take(dock.file())
    half = await dock.once(upload)
    done = await dock.carry(upload)

    assert (half.state, len(half.etags)) == (UploadState.SENDING, 1)
    assert (done.state, dock.sent()) == (UploadState.DONE, [1, 2, 3])
    assert dock.carried_out("POST", "/media/uploads") == 1


async def test_an_address_that_is_over_is_asked_for_anew(dock: UploadsScenario) -> None:
    dock.evening.server.switches.part_url_seconds = 0.0
    upload = await dock.take(dock.file())
    late = await dock.once(upload)
    dock.evening.server.switches.part_url_seconds = 300.0
    done = await dock.carry(upload)

    assert (late.state, late.etags) == (UploadState.SENDING, ())
    assert (done.state, dock.sent()) == (UploadState.DONE, [1, 2, 3])


async def test_an_upload_that_fanvue_has_given_up_is_begun_anew(dock: UploadsScenario) -> None:
    dock.evening.server.faults.add("error_before", "PUT", r"/_parts/.*/3$", status=503)
    upload = await dock.take(dock.file())
    half = await dock.once(upload)
    assert half.upload is not None
    dock.evening.server.world.uploads[half.upload].gone = True
    done = await dock.carry(upload)

    assert (done.state, done.rounds, dock.sent()) == (UploadState.DONE, 1, [1, 2, 1, 2, 3])
    assert dock.vault == [done.media]


async def test_a_restored_database_finds_what_was_complete_long_ago(dock: UploadsScenario) -> None:
    path = dock.file()
    upload = await dock.take(path)
    dock.evening.server.faults.add("error_before", "PUT", r"/_parts/.*/3$", status=503)
    backup = await dock.once(upload)  # two parts are known
    first = await dock.carry(upload)
    restored = await dock.row(upload)
    assert first.media is not None
    done = first.media

    async def restore(tx: Transaction) -> None:
        await uploads.change(tx, restored, backup)
        await uploads.forget(tx, first.creator, done)

    await dock.database.write(restore)
    again = await dock.carry(upload)

    assert (again.state, again.known, again.media) == (UploadState.DONE, False, first.media)
    assert dock.vault == [first.media]


async def test_the_same_bytes_under_another_name_do_not_go_up_again(dock: UploadsScenario) -> None:
    first = await dock.put(dock.file("one.mp4"))
    second = await dock.put(dock.file("two.mp4"))
    other = await dock.put(dock.file("three.mp4", seed=2))

    assert (second.state, second.known, second.media) == (UploadState.DONE, True, first.media)
    assert (other.known, other.media == first.media) == (False, False)
    assert dock.carried_out("POST", "/media/uploads") == 2


async def test_what_was_deleted_from_the_vault_goes_up_again(dock: UploadsScenario) -> None:
    first = await dock.put(dock.file("one.mp4"))
    del dock.evening.server.world.media[dock.item(first).uuid]
    second = await dock.put(dock.file("two.mp4"))

    assert (second.state, second.known, second.media == first.media) == (UploadState.DONE, False, False)


async def test_where_fanvue_does_not_say_how_an_item_stands_what_it_tells_of_it_does(
    dock: UploadsScenario,
) -> None:
    switches = dock.evening.server.switches
    switches.renamed = {("/media", "status"): "state"}
    switches.processing_seconds = 20.0
    file = dock.file("one.mp4")
    upload = await dock.take(file)
    early = await dock.once(upload)
    done = await dock.carry(upload)
    again = await dock.put(dock.file("two.mp4"))

    assert early.state is UploadState.PROCESSING
    assert (done.state, dock.stored(done)) == (UploadState.DONE, tags(file))
    assert (again.state, again.known) == (UploadState.DONE, True)
    assert dock.vault == [done.media]


async def test_an_upload_is_not_begun_anew_while_fanvue_does_not_say_how_its_item_stands(
    dock: UploadsScenario,
) -> None:
    switches = dock.evening.server.switches
    switches.renamed = {("/media", "status"): "state"}
    switches.processing_seconds = 20.0
    file = dock.file()
    dock.evening.server.faults.add("lose_answer", "PATCH", FINISH)

    done = await dock.put(file)

    assert (done.state, dock.vault) == (UploadState.DONE, [done.media])


async def test_of_the_same_bytes_twice_at_a_time_one_goes_up(dock: UploadsScenario) -> None:
    dock.evening.server.switches.processing_seconds = 20.0
    one, two = await dock.take(dock.file("one.mp4")), await dock.take(dock.file("two.mp4"))
    first, second = await dock.once(one), await dock.once(two)
    ready, known = await dock.carry(one), await dock.carry(two)

    assert (first.state, second.state) == (UploadState.PROCESSING, UploadState.WAITING)
    assert second.why == "The same file is already on its way; this one waits for it."
    assert (known.known, known.media) == (True, ready.media)
    assert dock.carried_out("POST", "/media/uploads") == 1


async def test_one_that_is_cancelled_half_way_is_never_put_together(dock: UploadsScenario) -> None:
    dock.evening.server.faults.add("error_before", "PUT", r"/_parts/.*/2$", status=503)
    upload = await dock.take(dock.file())
    half = await dock.once(upload)
    stopped = await dock.database.write(lambda tx: uploads.cancel(tx, upload, now=dock.clock.at))
    await dock.carrying.carry(half)  # whoever was at it has not heard of it
    row = await dock.row(upload)

    assert (stopped, row.state, dock.vault) == (True, UploadState.CANCELLED, [])
    assert dock.carried_out("PATCH", "/media/uploads") == 0
    assert (await dock.carry(await dock.take(dock.files["secret-beach.mp4"]))).state is UploadState.DONE
    assert dock.carried_out("POST", "/media/uploads") == 1, "what was there already was not sent again"


async def test_one_that_fanvue_has_whole_cannot_be_cancelled(dock: UploadsScenario) -> None:
    dock.evening.server.switches.processing_seconds = 20.0
    upload = await dock.take(dock.file())
    await dock.once(upload)

    assert not await dock.database.write(lambda tx: uploads.cancel(tx, upload, now=dock.clock.at))


async def test_what_fanvue_cannot_process_and_what_is_deleted_meanwhile_is_said(
    dock: UploadsScenario,
) -> None:
    switches, world = dock.evening.server.switches, dock.evening.server.world
    switches.processing_fails = True
    broken = await dock.put(dock.file("one.mp4"))
    switches.processing_fails, switches.processing_seconds = False, 20.0
    upload = await dock.take(dock.file("two.mp4", seed=2))
    del world.media[dock.item(await dock.once(upload)).uuid]
    deleted = await dock.carry(upload)

    assert (broken.state, deleted.state) == (UploadState.FAILED, UploadState.FAILED)
    assert broken.why is not None
    assert broken.why.startswith("Fanvue has the whole file but couldn't process it.")
    assert deleted.why == (
        "The file was deleted from the vault before it was ready. Upload it again if you still want it."
    )


async def test_a_file_that_changes_on_its_way_is_not_mixed_up(dock: UploadsScenario) -> None:
    dock.evening.server.faults.add("error_before", "PUT", r"/_parts/.*/2$", status=503)
    upload = await dock.take(dock.file())
    await dock.once(upload)
    dock.file(seed=2)
    failed = await dock.carry(upload)

    assert (failed.state, dock.vault) == (UploadState.FAILED, [])
    assert failed.why == (
        "The file changed during the upload. Run the same command again once it no longer changes."
    )


async def test_a_file_that_the_bridge_cannot_read_says_where_it_must_lie(dock: UploadsScenario) -> None:
    path = dock.file()
    upload = await dock.take(path)
    path.unlink()
    failed = await dock.carry(upload)

    assert failed.why is not None
    assert failed.why.startswith("The running bridge can't read this file")
    assert str(dock.folder) not in failed.why


async def test_a_permission_that_is_missing_says_to_link_again_and_afterwards_it_goes_on(
    dock: UploadsScenario,
) -> None:
    world, account = dock.evening.server.world, dock.evening.account
    dock.evening.holds(world.grant(account, scopes=("read:media", "read:self")).access_token)
    path = dock.file()
    refused = await dock.put(path)
    dock.evening.holds(world.grant(account).access_token)
    done = await dock.put(path)

    assert refused.why == (
        "Fanvue needs the permission write:media. Use /link to connect again and allow it."
    )
    assert done.state is UploadState.DONE


async def test_the_audit_has_who_and_which_item_and_the_database_no_name(dock: UploadsScenario) -> None:
    done = await dock.put(dock.file("secret-beach.mp4"))
    rows = await dock.database.read(lambda tx: tx.all("SELECT * FROM audit WHERE action = 'upload'"))
    kept = await dock.database.read(lambda tx: tx.all("SELECT * FROM uploads"))

    assert [(row["actor"], row["outcome"], row["target"]) for row in rows] == [(77, "done", done.media)]
    assert "secret-beach" not in repr(kept)
