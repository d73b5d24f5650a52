"""A bridge of the tests lives as long as they do, whatever becomes of them."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.architecture.source_tree import TOP

PATIENCE = 30.0
BEGUN = """
import asyncio, sys
from pathlib import Path
from bot.sandbox.stage import staged
from tests.database_place import settings_in
from tests.warm_bridge import {program}

async def main():
    folder = Path(sys.argv[1])
    async with staged(folder, {program}, speed=4.0, seed=7, **settings_in(folder)) as stage:
        print(stage.bridge._process.pid, flush=True)
        await asyncio.Event().wait()

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
@pytest.mark.parametrize("program", ["WarmProgram", "ForkedProgram"])
async def test_a_bridge_ends_with_the_tests_that_were_killed(program: str, tmp_path: Path) -> None:
    script = tmp_path / "begun.py"
    script.write_text(BEGUN.format(program=program))
    tests = await asyncio.create_subprocess_exec(
        sys.executable,
        script,
        tmp_path,
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": str(TOP)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert tests.stdout is not None
    bridge = os.pidfd_open(int(await asyncio.wait_for(tests.stdout.readline(), PATIENCE)))
    over = asyncio.Event()
    asyncio.get_running_loop().add_reader(bridge, over.set)
    assert not over.is_set()
    tests.send_signal(signal.SIGKILL)

    await asyncio.wait_for(tests.wait(), PATIENCE)
    await asyncio.wait_for(over.wait(), PATIENCE)
    asyncio.get_running_loop().remove_reader(bridge)
    os.close(bridge)
