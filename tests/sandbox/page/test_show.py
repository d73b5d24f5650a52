"""`demo` without arguments, as a user starts it: one address, until Ctrl-C."""

import asyncio
import signal
import sys

import aiohttp

from bot.sandbox import patience

PATIENCE = patience.SECONDS


async def test_it_prints_one_address_serves_the_page_and_stops_cleanly_at_ctrl_c() -> None:
    demo = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert demo.stdout is not None
    async with asyncio.timeout(PATIENCE):
        url = (await demo.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as http, http.get(url) as page, http.get(f"{url}events") as stream:
            title, first = await page.text(), await stream.content.readline()
            demo.send_signal(signal.SIGINT)
            out, errors = await demo.communicate()

    assert url.startswith("http://127.0.0.1:")
    assert "<title>Fanvue bridge: the demo</title>" in title
    assert first.startswith(b'data: {"team"')
    assert out.decode().count("http") == 0
    assert "Traceback" not in errors.decode()
    assert demo.returncode == 0
