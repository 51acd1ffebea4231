"""The Python client: what a benchmark and the command line rely on."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Any

import pytest

from bridge import endpoint
from bridge.client import Client, NoEngine, RemoteError, connect
from tests.bridge.house import House, running, until


@pytest.mark.usefixtures("house")
async def test_it_finds_the_engine_by_the_file() -> None:
    async with await Client.connect() as client:
        assert client.welcome["protocol"] == 1
        assert client.welcome["session"] == "s1"
        assert await client.call("test.add", a=1, b=2) == 3


async def test_no_file_and_no_listener_are_no_engine() -> None:
    with pytest.raises(NoEngine, match="No engine is running"):
        await Client.connect()
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    endpoint.write(port, "ab" * 32)
    with pytest.raises(NoEngine, match="No engine answers"):
        await Client.connect()


async def test_a_listener_that_says_nothing_is_no_engine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        endpoint.write(mute.getsockname()[1], "ab" * 32)
        with pytest.raises(NoEngine):
            await Client.connect(timeout=0.1)


async def test_a_wrong_token_is_no_engine(house: House) -> None:
    endpoint.write(house.where.port, "ab" * 32)
    with pytest.raises(NoEngine, match="4401"):
        await Client.connect()


@pytest.mark.usefixtures("house")
async def test_the_environments_proxy_never_sees_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy", "socks_proxy", "ws_proxy"):
            monkeypatch.setenv(name, address)
        monkeypatch.delenv("no_proxy", raising=False)
        async with await Client.connect() as client:
            assert await client.call("test.add", a=1) == 2
        proxy.setblocking(False)
        with pytest.raises(BlockingIOError):
            proxy.accept()


async def test_errors_come_as_they_were_sent(house: House) -> None:
    async with await house.client() as client:
        with pytest.raises(RemoteError) as caught:
            await client.call("test.add", a="x")
    assert caught.value.code == -32602
    assert caught.value.data["field"] == "a"
    assert "a is 'x'" in caught.value.message
    assert "a must be a whole number" in str(caught.value)


async def test_an_engine_that_goes_is_noticed_by_everyone_who_waits(house: House) -> None:
    client = await house.client()
    waiting = asyncio.ensure_future(client.call("test.wait", seconds=60))
    listening = asyncio.ensure_future(client.heard())
    await until(lambda: next(iter(house.runtime.sessions.values())).in_flight == 1)
    await house.server.close()
    for each in (waiting, listening):
        with pytest.raises(NoEngine):
            await each
    with pytest.raises(NoEngine):
        await client.call("test.add", a=1)


async def test_batches_go_as_they_are(house: House) -> None:
    async with await house.client() as client:
        futures: list[asyncio.Future[Any]] = []
        batch = []
        for number in range(5):
            future = asyncio.get_running_loop().create_future()
            client._waiting[1000 + number] = future
            futures.append(future)
            batch.append({"jsonrpc": "2.0", "method": "test.add", "params": [number], "id": 1000 + number})
        await client.send(batch)
        assert await asyncio.gather(*futures) == [1, 2, 3, 4, 5]


def test_the_client_without_asyncio() -> None:
    ready, over = threading.Event(), threading.Event()

    def serve() -> None:
        async def main() -> None:
            async with running():
                ready.set()
                while not over.is_set():  # noqa: ASYNC110 - set by another thread
                    await asyncio.sleep(0.005)

        asyncio.run(main())

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        assert ready.wait(60)
        with connect(kind="test", name="plain") as client:
            assert client.call("test.add", a=40, b=2) == 42
            job = client.call("test.job", steps=2)["job"]
            assert client.wait(job)["steps"] == 2
            with pytest.raises(RemoteError):
                client.call("no.such")
    finally:
        over.set()
        thread.join()
