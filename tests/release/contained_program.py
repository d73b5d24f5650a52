"""The bridge out of a built image, as compose.yaml has it: not root, read-only."""

import asyncio
import os
import subprocess
from pathlib import Path
from typing import ClassVar

from bot.sandbox.program import BridgeInstallation, BridgeProcess
from tests.release.image_building import BuiltImage

# The root is read-only, /data and /tmp are not, and no capability is left.
_BOX = """
root=$1 data=$2 who=$3; shift 3
mount --bind "$root" "$root"; mount -o remount,ro,bind "$root"
mount --bind "$data" "$root/data"; mount -t tmpfs tmpfs "$root/tmp"
mount -t proc proc "$root/proc"; mount --rbind /dev "$root/dev"
exec chroot "$root" setpriv --reuid "${who%:*}" --regid "${who#*:}" --clear-groups --no-new-privs \\
    --bounding-set=-all --inh-caps=-all sh -c 'cd /data && exec "$@"' sh "$@"
"""
_STATUS = ("Uid", "CapEff", "CapBnd", "NoNewPrivs")


class ContainedProgram(BridgeInstallation):
    """Like `BridgeInstallation`; what runs lies in the image and writes to a folder of its own."""

    image: ClassVar[BuiltImage]
    root: ClassVar[Path]  # the image's file system
    seen: ClassVar[list[str]]  # what the kernel said of each process
    codes: ClassVar[list[int | None]]  # with which each ended that was asked to

    @classmethod
    def of(cls, image: BuiltImage, root: Path) -> type["ContainedProgram"]:
        """That of this image."""
        return type(cls.__name__, (cls,), {"image": image, "root": root, "seen": [], "codes": []})

    def say(self, *words: str) -> tuple[int, str]:
        """A command inside: its exit code, and what it printed."""
        command, env = self._boxed(*words), self._environment()
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    async def stop(self) -> int | None:
        if self._process is not None:
            self.seen.append(_status(self._process.pid))
        code = await super().stop()
        self.codes.append(code)
        return code

    def _boxed(self, *words: str) -> list[str]:
        who = self.image.config["config"]["User"]
        return ["unshare", "--mount", "sh", "-ec", _BOX, "sh", str(self.root), str(self._data()), who, *words]

    def _data(self) -> Path:
        """What stands for the volume: the image's user has it."""
        data = self._log.parent / "data"
        if not data.exists():
            data.mkdir(mode=0o700)
            user, group = self.image.config["config"]["User"].split(":")
            os.chown(data, int(user), int(group))
        return data

    def _environment(self) -> dict[str, str]:
        own = {name: it for name, it in self._settings.items() if name != "DATABASE_URL"}
        return {**self.image.environment, **own}

    async def _spawn(self) -> BridgeProcess:
        with self._log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *self._boxed(*self.image.command),
                env=self._environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def _status(process: int) -> str:
    """Who it is, and what it may."""
    told = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    lines = (line.split() for line in told if line.startswith(_STATUS))
    return " ".join(f"{name}{values[0]}" for name, *values in lines)
