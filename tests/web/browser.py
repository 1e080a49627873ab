"""A real Chromium, driven by its own protocol (DevTools) over a web socket."""

import asyncio
import base64
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0", "about:blank",
)  # fmt: skip


class Tab:
    """A tab of the browser."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._loaded = asyncio.Event()
        #: what the console and the network said went wrong
        self.errors: list[str] = []
        self._reading = asyncio.create_task(self._read())

    async def begin(self) -> None:
        for domain in ("Page", "Runtime", "Log", "Network"):
            await self.call(f"{domain}.enable")

    async def call(self, method: str, **params: Any) -> Any:
        self._number += 1
        number = self._number
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        return await asyncio.wait_for(self._waiting[number], 60)

    async def size(self, width: int, height: int, *, phone: bool = False) -> None:
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height,
            deviceScaleFactor=1, mobile=phone,
        )  # fmt: skip

    async def prefer(self, scheme: str) -> None:
        wanted = [{"name": "prefers-color-scheme", "value": scheme}]
        await self.call("Emulation.setEmulatedMedia", features=wanted)

    async def open(self, address: str) -> None:
        self._loaded.clear()
        await self.call("Page.navigate", url=address)
        await asyncio.wait_for(self._loaded.wait(), 60)

    async def leaving(self, script: str) -> None:
        """Do what leads to another page, and wait for it."""
        self._loaded.clear()
        await self.run(script)
        await asyncio.wait_for(self._loaded.wait(), 60)

    async def leaving_by(self, key: str, code: int) -> None:
        """Press a key that leads to another page, and wait for it."""
        self._loaded.clear()
        await self.press(key, code)
        await asyncio.wait_for(self._loaded.wait(), 60)

    async def press(self, key: str, code: int) -> None:
        """Press and let go a key, named as by DOM, with its Windows code."""
        held = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        typed = {"text": "\r"} if key == "Enter" else {}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **held, **typed)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **held)

    async def run(self, script: str) -> Any:
        said = await self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in said:
            raise AssertionError(json.dumps(said["exceptionDetails"])[:500])
        return said["result"].get("value")

    async def picture(self, path: Path, *, whole: bool = True, **options: Any) -> None:
        said = await self.call("Page.captureScreenshot", captureBeyondViewport=whole, **options)
        path.write_bytes(base64.b64decode(said["data"]))

    async def _read(self) -> None:
        async for message in self._socket:
            self._hear(json.loads(message.data))

    def _hear(self, said: Mapping[str, Any]) -> None:
        if "id" in said:
            waiting = self._waiting.pop(said["id"])
            if "error" in said:
                waiting.set_exception(AssertionError(str(said["error"])))
            else:
                waiting.set_result(said["result"])
            return
        params = said.get("params", {})
        match said["method"]:
            case "Page.loadEventFired":
                self._loaded.set()
            case "Log.entryAdded" if params["entry"]["level"] == "error":
                self.errors.append(params["entry"]["text"])
            case "Runtime.consoleAPICalled" if params["type"] in ("error", "assert"):
                self.errors.append(str(params["args"])[:300])
            case "Runtime.exceptionThrown":
                self.errors.append(str(params["exceptionDetails"])[:300])
            case "Page.javascriptDialogOpening":
                self.errors.append(f"a dialog opened: {params['message']}")

    async def close(self) -> None:
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        await self._socket.close()


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Tab]:
    """Start a browser with a new profile in that folder; yields its tab."""
    assert CHROMIUM
    with subprocess.Popen(
        [CHROMIUM, f"--user-data-dir={folder}", *_OPTIONS],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            port = await _port(folder / "DevToolsActivePort")
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://127.0.0.1:{port}/json/list") as told:
                    tabs = await told.json()
                address = next(one for one in tabs if one["type"] == "page")
                socket = await session.ws_connect(address["webSocketDebuggerUrl"], max_msg_size=0)
                tab = Tab(socket)
                try:
                    await tab.begin()
                    yield tab
                finally:
                    await tab.close()
        finally:
            process.terminate()


async def _port(file: Path) -> int:
    for _ in range(600):
        if file.exists() and (lines := file.read_text().splitlines()):
            return int(lines[0])
        await asyncio.sleep(0.05)
    raise AssertionError("the browser did not start in 30 seconds")


@asynccontextmanager
async def tab_of(folder: Path) -> AsyncIterator[Tab]:
    """Start a browser; at the end its console must hold no error."""
    async with browser(folder / "profile") as tab:
        yield tab
        assert tab.errors == []


async def text(tab: Tab, selector: str) -> str:
    """Return the text of the first element of a selector; "" where there is none."""
    return str(await tab.run(f"document.querySelector({json.dumps(selector)})?.textContent ?? ''"))
