"""The image by the real Dockerfile, built by Buildah: no daemon, no registry."""

import json
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.release.building import BuildMachine, copy_tree
from tests.release.package_index import with_uv

EPOCH: Final = "315532800"  # docs/releasing.md and the workflow that publishes say the same
NEEDED: Final = ("buildah", "mmdebstrap")
_AUTHORITIES: Final = "/etc/ssl/certs/ca-certificates.crt"
_PACKAGES: Final = "python3,python3-venv,python3-pip,python-is-python3,ca-certificates"
_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What the official image has otherwise: a Python that pip may change, and the authorities of this machine.
_HOOKS: Final = (
    '--customize-hook=rm -f "$1"/usr/lib/python3*/EXTERNALLY-MANAGED',
    f"--customize-hook=copy-in {_AUTHORITIES} {Path(_AUTHORITIES).parent}",
)
# Buildah's own notes on the container it built in.
_NOTED: Final = ("container", "Hostname")


def missing() -> str | None:
    """Why no image can be built here."""
    absent = [name for name in NEEDED if shutil.which(name) is None]
    if absent:
        return f"not installed: {', '.join(absent)} (apt install buildah mmdebstrap netavark)"
    return None if os.geteuid() == 0 else "only root may build one here"


@dataclass(frozen=True)
class BuiltImage:
    """What was built: the layers above the base, by their digests, and what the image says of itself."""

    name: str
    layers: tuple[str, ...]
    config: dict[str, Any]

    @property
    def environment(self) -> dict[str, str]:
        return dict(one.split("=", 1) for one in self.config["config"]["Env"])

    @property
    def command(self) -> list[str]:
        said = self.config["config"]
        return [*said["Entrypoint"], *said["Cmd"]]


@dataclass(frozen=True)
class ImageBuilder:
    """Buildah with a storage of its own below `folder`."""

    folder: Path

    def made_base(self) -> str:
        """A base from this machine's Debian packages, for where the official one cannot be had."""
        root = self.folder / "base.tar"
        suite, sources = _debian()
        make = ("mmdebstrap", "--variant=minbase", f"--include={_PACKAGES}", *_HOOKS, suite, str(root), "-")
        _run(make, said=sources)
        container = self._ask("from", "scratch")
        self._ask("add", container, str(root), "/")
        named = {"PATH": _PATH, "PIP_CERT": _AUTHORITIES, **_index()}
        self._ask("config", *(f"--env={name}={value}" for name, value in named.items()), container)
        return self._ask("commit", "--rm", container, "localhost/base")

    def build(self, machine: BuildMachine, base: str) -> BuiltImage:
        """From a checkout as that machine has it."""
        place = self.folder / machine.name / "checkout"
        copy_tree(place, machine)
        name = f"localhost/{machine.name.partition('/')[0].replace(' ', '-')}"
        limits = [f"--ulimit={kind}={most}" for kind, most in _limits()]
        words = ("build", "--layers", "--no-cache", "--network=host", "--isolation=chroot", "--format=docker")
        named = (f"--timestamp={EPOCH}", f"--build-arg=PYTHON_IMAGE={base}", f"--tag={name}")
        self._ask(*words, *limits, *named, str(place), environ=machine.environment())
        below = len(self._config(base)["rootfs"]["diff_ids"])
        config = self._config(name)
        return BuiltImage(name, tuple(config["rootfs"]["diff_ids"][below:]), _without_notes(config))

    @contextmanager
    def root(self, image: BuiltImage) -> Iterator[Path]:
        """Where its file system lies, for as long as it is needed."""
        container = self._ask("from", image.name)
        try:
            yield Path(self._ask("mount", container))
        finally:
            self._ask("rm", container)

    def _config(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._call("inspect", "--type=image", name))["Docker"]
        return found

    def _ask(self, verb: str, *words: str, environ: dict[str, str] | None = None) -> str:
        """The last line, which is the name of what was made."""
        return self._call(verb, *words, environ=environ).strip().rpartition("\n")[2]

    def _call(self, verb: str, *words: str, environ: dict[str, str] | None = None) -> str:
        places = (f"--root={self.folder / 'storage'}", f"--runroot={self.folder / 'running'}")
        quiet = ("--quiet",) if verb in ("add", "build", "commit") else ()
        return _run(("buildah", *places, verb, *quiet, *words), environ=environ)


def _without_notes(config: dict[str, Any]) -> dict[str, Any]:
    """With neither Buildah's notes nor the base's layers' order of creation."""
    kept = {name: value for name, value in config.items() if name not in _NOTED}
    for part in ("config", "container_config"):
        kept[part] = {name: value for name, value in config[part].items() if name not in _NOTED}
    return kept


def _limits() -> Iterator[tuple[str, int]]:
    """Those of this machine: Buildah would ask for more than a sandbox may have."""
    yield "nofile", resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    yield "nproc", resource.getrlimit(resource.RLIMIT_NPROC)[1]


def _index() -> dict[str, str]:
    """The package index of this machine, for pip and uv inside."""
    told = with_uv({})
    index = told.get("UV_DEFAULT_INDEX") or told.get("UV_INDEX_URL")
    return {"UV_SYSTEM_CERTS": "true"} | (
        {"PIP_INDEX_URL": index, "UV_DEFAULT_INDEX": index} if index else {}
    )


def _debian() -> tuple[str, str]:
    """The suite that this machine's apt uses, and its sources."""
    form = "deb $(REPO_URI) $(RELEASE) $(COMPONENT)"
    listed = _run(("apt-get", "indextargets", "--format", form, "Created-By: Packages"))
    sources = [line for line in listed.splitlines() if line.startswith("deb http")]
    return sources[0].split()[2], "\n".join(sources)


def _run(command: Sequence[str], *, said: str = "", environ: dict[str, str] | None = None) -> str:
    env = {**os.environ, **(environ or {})}
    done = subprocess.run(command, input=said, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}: {(done.stdout + done.stderr)[-4000:]}")
    return done.stdout
