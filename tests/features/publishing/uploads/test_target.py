"""What the files of a command are for, also of an earlier version's."""

from bot.features.publishing.uploads.target import UploadTarget, aimed, target_of

POST = UploadTarget("ref", "pick.post.open", "draft")


def test_a_command_says_what_its_files_are_for() -> None:
    assert target_of(aimed({"files": []}, POST)) == POST
    assert target_of(aimed({"files": []}, None)) is None


def test_of_an_earlier_version_they_are_for_a_reply() -> None:
    assert target_of({"files": [], "reply": "ref"}) == UploadTarget("ref", "pick.reply.open", "reply")
