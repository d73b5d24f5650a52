"""The file of `privacy export` is new and its owner's, whatever lies in its place."""

from pathlib import Path

from bot.cli import privacy_export
from bot.settings.loader import load
from tests.database_place import with_schema
from tests.settings.test_settings import WHOLE
from tests.storage.record_fixtures import CREATOR


def test_what_lies_in_its_place_is_neither_followed_nor_written_into(tmp_path: Path) -> None:
    url = with_schema(f"sqlite:///{tmp_path}/bridge.sqlite3")
    settings = load(WHOLE | {"DATABASE_URL": url})
    theirs = tmp_path / "theirs"
    theirs.write_text("mine", encoding="utf-8")
    to, part = tmp_path / "export.json", tmp_path / "export.json.part"

    for follows in (True, False):
        if follows:
            part.symlink_to(theirs)
        else:
            part.touch()
            part.chmod(0o666)
        code, said = privacy_export.export(settings, creator=CREATOR, fan=None, to=to)
        assert (code, said) == (privacy_export.NOTHING, f"There is no creator {CREATOR} here.")
        assert theirs.read_text(encoding="utf-8") == "mine"
        assert not part.exists()
