"""`fanvue-bridge verify`: what is whole, what was changed, and what it cannot say."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.cli.checksums import SIGNATURE, SUMS, sha256
from tests.cli.test_cli import alone, call
from tests.release.building import ONE, build

WHEEL = "bridge-1.0.0.whl"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from this checkout."""
    return build(tmp_path_factory.mktemp("wheel"), ONE).wheel


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """The wheel as an installer leaves it: a folder of modules with their RECORD."""
    folder = tmp_path / "modules"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def verified(installed: Path, *words: str) -> tuple[int, str]:
    """What the installed program says of itself."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "verify", *words],
        cwd=installed.parent,
        env=alone(PYTHONPATH=str(installed)),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_what_was_installed_is_whole_and_says_what_that_shows(installed: Path, wheel: Path) -> None:
    code, said = verified(installed)
    against, compared = verified(installed, "--wheel", str(wheel))

    assert (code, against) == (0, 0)
    assert said.startswith("Whole: ")
    assert "not who made the release" in said
    assert "Not looked at: other packages" in said
    assert compared.startswith("Whole: ")
    assert wheel.name in compared


@pytest.mark.parametrize("against", ["its record", "the wheel"])
def test_a_changed_a_missing_and_a_strange_file_are_named(installed: Path, wheel: Path, against: str) -> None:
    with (installed / "bot" / "cli" / "health.txt").open("w") as strange:
        strange.write("?")
    [changed] = (installed / "storage" / "migrations").glob("0001_*.sql")
    changed.write_text("-- nothing\n")
    (installed / "cogs" / "inbox" / "reply.py").unlink()

    code, said = verified(installed, *(("--wheel", str(wheel)) if against == "the wheel" else ()))

    assert code == 1
    assert f"changed: storage/migrations/{changed.name}\n" in said
    assert "missing: cogs/inbox/reply.py\n" in said
    assert "not ours: bot/cli/health.txt\n" in said
    assert "Not whole: " in said


def test_an_image_without_the_stand_ins_is_whole_beside_the_wheel_that_has_them(
    installed: Path, wheel: Path
) -> None:
    for file in sorted((installed / "bot" / "sandbox").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()

    assert verified(installed, "--wheel", str(wheel))[0] == 0


def test_a_checkout_is_told_apart(tmp_path: Path) -> None:
    done = call("verify", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (69, "")
    assert "git status" in done.stderr


def released(folder: Path) -> Path:
    """A file of a release with its sums."""
    file = folder / WHEEL
    file.write_bytes(b"a wheel")
    (folder / SUMS).write_text(f"{sha256(file)}  {WHEEL}\n")
    return file


def test_files_are_compared_with_their_sums_and_that_nobody_signed_is_said(tmp_path: Path) -> None:
    file = released(tmp_path)
    good = call("verify", str(file), cwd=tmp_path)
    file.write_bytes(b"another")
    bad = call("verify", str(file), str(tmp_path / "unknown"), cwd=tmp_path)

    assert good.returncode == 0
    assert "Nothing is signed: " in good.stdout
    assert bad.returncode == 1
    assert f"{file}: CHANGED" in bad.stdout
    assert "unknown: is not there" in bad.stdout


@pytest.mark.parametrize("text", [None, "no sums at all\n"])
def test_without_sums_nothing_is_said_to_be_right(tmp_path: Path, text: str | None) -> None:
    file = released(tmp_path)
    (tmp_path / SUMS).unlink()
    if text is not None:
        (tmp_path / SUMS).write_text(text)

    assert call("verify", str(file), cwd=tmp_path).returncode == 69


def test_a_signature_is_checked_with_the_key_and_only_with_it(tmp_path: Path) -> None:
    file, secret = released(tmp_path), Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(public)
    key = ("--key", str(tmp_path / "key.pem"))

    unsigned = call("verify", str(file), *key, cwd=tmp_path)
    (tmp_path / SIGNATURE).write_bytes(secret.sign((tmp_path / SUMS).read_bytes()))
    unasked = call("verify", str(file), cwd=tmp_path)
    good = call("verify", str(file), *key, cwd=tmp_path)
    (tmp_path / SIGNATURE).write_bytes(Ed25519PrivateKey.generate().sign((tmp_path / SUMS).read_bytes()))
    forged = call("verify", str(file), *key, cwd=tmp_path)

    assert (unsigned.returncode, unasked.returncode, good.returncode, forged.returncode) == (1, 0, 0, 1)
    assert "was not checked" in unasked.stdout
    assert f"{SUMS}: signed with the key" in good.stdout
    assert f"{SUMS}: NOT signed with the key" in forged.stdout


def test_what_is_no_key_is_said(tmp_path: Path) -> None:
    file = released(tmp_path)
    (tmp_path / SIGNATURE).write_bytes(b"x" * 64)

    done = call("verify", str(file), "--key", str(file), cwd=tmp_path)

    assert done.returncode == 69
    assert "is no key to check with" in done.stderr
