"""The image's own layer, made by the Dockerfile's own commands without Docker.

Not covered: the base, the final stage, and the times of files (tests.release.image builds the whole).
"""

import hashlib
import re
import shlex
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source_tree import TOP
from tests.release.building import BuildMachine, copy_tree, run_quietly
from tests.release.package_index import with_uv

_BUILT = "/app/.venv"


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions, with continued lines joined."""
    text = (TOP / "Dockerfile").read_text(encoding="utf-8")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#")).replace("\\\n", " ")
    return [
        (word, rest.strip()) for line in text.splitlines() if line for word, _, rest in [line.partition(" ")]
    ]


def build_stage() -> list[tuple[str, str]]:
    """Those of the stage that installs."""
    found = instructions()
    starts = [place for place, (word, _) in enumerate(found) if word == "FROM"]
    return found[starts[0] + 1 : starts[1]]


def layer(place: Path, machine: BuildMachine) -> dict[str, str]:
    """What the stage leaves at /app/.venv: each file's mode and SHA-256. `place` stands for /."""
    context, source = place / "context", place / "src"
    copy_tree(context, machine)
    shutil.rmtree(context / "bot" / "sandbox")  # as .dockerignore has it
    source.mkdir()
    environment = with_uv(machine.environment())
    for word, rest in build_stage():
        if word in ("ARG", "ENV"):
            environment |= dict(one.split("=", 1) for one in shlex.split(rest))
        elif word == "COPY":
            *wanted, target = shlex.split(rest)
            for name in wanted:
                _copy(
                    context / name,
                    source / target / Path(name).name if target.endswith("/") else source / target,
                )
        elif word == "RUN":
            command = ["sh", "-ec", _said_here(rest, place)]
            # A builder's umask is always this one; only the checkout is the machine's.
            run_quietly(command, cwd=source, env=environment, umask=0o022)
    return dict(_contents(place / _BUILT.strip("/")))


def _said_here(command: str, place: Path) -> str:
    """Without the part that brings uv into the base: ours is the same by the same hashes."""
    ours = re.sub(r"^python -m pip install .*?&&", "", command)
    return ours.replace("/app/", f"{place}/app/").replace("--python python3", f"--python {sys.executable}")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def _contents(top: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(top.rglob("*")):
        mode = stat.S_IMODE(file.lstat().st_mode)
        if file.is_symlink():
            said = str(file.readlink())
        else:
            said = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "folder"
        yield file.relative_to(top).as_posix(), f"{mode:o} {said}"
