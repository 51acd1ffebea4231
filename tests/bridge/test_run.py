"""Real engine processes: start, politeness, takeover after a kill, and every way to end."""

# ruff: noqa: S104 - all interfaces are asked for here, and must not be given

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from bridge import endpoint
from bridge.client import NoEngine, RemoteError, connect
from engine import settings
from engine.filelock import FileLock
from tests.bridge.house import ROOT, EngineProcess, command

Start = Callable[..., EngineProcess]

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


def test_an_engine_starts_says_where_it_is_and_stops(start_engine: Start, home: Path) -> None:
    engine = start_engine()
    found = endpoint.read()
    assert found is not None
    assert engine.first_line == f"Bandmate engine 0.1.0 listens at {found.address} (pid {engine.process.pid}).\n"
    assert found.pid == engine.process.pid
    with connect() as client:
        assert client.call("engine.status")["pid"] == engine.process.pid
        assert client.call("engine.stop") == {"stopping": True}
    assert engine.wait() == 0
    assert endpoint.read() is None
    assert not (home / "endpoint.json").exists()


def test_nothing_but_loopback_is_bound_whatever_the_environment_says(start_engine: Start) -> None:
    engine = start_engine(HOST="0.0.0.0", BANDMATE_HOST="0.0.0.0", WEBSOCKETS_HOST="0.0.0.0")
    bound = psutil.Process(engine.process.pid).net_connections("inet")
    listening = [each.laddr for each in bound if each.status == psutil.CONN_LISTEN]
    assert [address.ip for address in listening] == ["127.0.0.1"]
    assert [each for each in bound if each.type == socket.SOCK_DGRAM] == []
    for option in ("--host", "--bind", "--address"):
        tried = subprocess.run(command("serve", option, "0.0.0.0"), cwd=ROOT, capture_output=True, check=False)
        assert tried.returncode == 2


def test_a_second_engine_is_polite(start_engine: Start) -> None:
    first = start_engine()
    found = endpoint.read()
    second = start_engine()
    assert found is not None
    assert second.first_line == f"A Bandmate engine is already running at {found.address} (pid {found.pid}).\n"
    assert second.wait() == 0
    assert endpoint.read() == found
    assert first.process.poll() is None


def test_a_second_engine_of_another_version_is_polite_too(start_engine: Start) -> None:
    start_engine()
    found = endpoint.read()
    assert found is not None
    newer = "import sys, bridge\nbridge.PROTOCOL += 1\nfrom bridge.cli.serve import serve\nsys.exit(serve([]))"
    tried = subprocess.run([sys.executable, "-c", newer], cwd=ROOT, capture_output=True, text=True, check=False)
    assert tried.stdout == f"A Bandmate engine is already running at {found.address} (pid {found.pid}).\n"
    assert (tried.returncode, tried.stderr) == (0, "")


def test_a_home_that_cannot_be_made_is_said_in_words(home: Path) -> None:
    home.write_text("a file stands where the folder should be")
    tried = subprocess.run(command("serve"), cwd=ROOT, capture_output=True, text=True, check=False)
    assert tried.returncode == 1
    assert tried.stdout.startswith("The engine could not start: ")
    assert tried.stderr == ""


def test_many_engines_at_once_leave_one() -> None:
    processes = [
        subprocess.Popen(command("serve"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(4)
    ]
    try:
        lines = [process.stdout.readline() for process in processes if process.stdout]
        assert sum("listens at" in line for line in lines) == 1
        assert sum("already running" in line for line in lines) == 3
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_after_kill_9_the_next_engine_takes_over(start_engine: Start) -> None:
    first = start_engine()
    left_behind = endpoint.read()
    first.process.kill()
    first.process.wait()
    assert endpoint.read() == left_behind
    with pytest.raises(NoEngine):
        connect()
    second = start_engine()
    now = endpoint.read()
    assert now is not None
    assert left_behind is not None
    assert "listens at" in second.first_line
    assert now.token != left_behind.token
    with connect() as client:
        assert client.call("engine.status")["pid"] == second.process.pid


def test_a_file_whose_pid_is_somebody_elses_is_taken_over(start_engine: Start) -> None:
    # The process number was given to another process, and even something listens at the port.
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        endpoint.write(stranger.getsockname()[1], "ab" * 32)
        engine = start_engine()
        assert "listens at" in engine.first_line


def test_a_locked_home_without_an_engine_that_answers_is_an_error() -> None:
    settings.make_home()
    script = (
        "import time\nfrom engine import settings\nfrom engine.filelock import FileLock\n"
        "with FileLock(settings.lock_path()):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        tried = subprocess.run(command("serve"), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        assert tried.returncode == 1
        assert "does not answer" in tried.stdout
    finally:
        holder.kill()
        holder.communicate()


def test_an_engine_leaves_the_file_of_its_successor_alone(start_engine: Start) -> None:
    engine = start_engine()
    with connect() as client:
        if os.name != "nt":  # where a file in use can be removed, another engine can lock a new one
            settings.lock_path().unlink()
        with FileLock(settings.lock_path()) if os.name != "nt" else contextlib.nullcontext():
            successor = endpoint.write(1, "ab" * 32)
            client.call("engine.stop")
            assert engine.wait() == 0
    assert endpoint.read() == successor


def test_a_running_engine_puts_its_file_back(start_engine: Start, home: Path) -> None:
    engine = start_engine()
    (home / "endpoint.json").unlink()
    assert endpoint.wait_for(60) is not None
    with connect() as client:
        assert client.call("engine.status")["pid"] == engine.process.pid
        assert any("written anew" in line for line in client.call("engine.log")["lines"])
        client.call("engine.stop")
    assert engine.wait() == 0
    assert not (home / "endpoint.json").exists()


def test_the_engine_goes_with_its_parent(start_engine: Start) -> None:
    engine = start_engine("--stdin-lifeline")
    with connect() as client:
        client.call("engine.status")
    assert engine.process.stdin is not None
    engine.process.stdin.write("words on the pipe are no reason to go\n")
    engine.process.stdin.flush()
    with connect() as client:
        client.call("engine.status")
    engine.process.stdin.close()
    assert engine.wait() == 0
    assert endpoint.read() is None


def test_without_the_lifeline_a_closed_pipe_means_nothing(start_engine: Start) -> None:
    engine = start_engine()
    assert engine.process.stdin is not None
    engine.process.stdin.close()
    with connect() as client:
        assert client.call("engine.status")["pid"] == engine.process.pid


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_end_it_tidily(start_engine: Start, number: signal.Signals) -> None:
    engine = start_engine()
    engine.process.send_signal(number)
    assert engine.wait() == 0
    assert endpoint.read() is None
    assert f"the engine ends: signal {number.value}" in settings.log_path().read_text()


def test_the_engine_leaves_when_nobody_is_there(start_engine: Start) -> None:
    engine = start_engine("--idle-minutes", "0.005")
    assert engine.wait() == 0
    assert "no client for 0.005 minutes" in settings.log_path().read_text()


def test_a_client_keeps_the_engine_and_its_leaving_starts_the_clock(start_engine: Start) -> None:
    engine = start_engine("--idle-minutes", "0.01")
    with connect() as client:
        for _ in range(10):
            time.sleep(0.1)
            client.call("engine.status")
        assert engine.process.poll() is None
    assert engine.wait() == 0


def test_the_users_setting_counts_unless_the_command_says_otherwise(start_engine: Start) -> None:
    settings.write_settings(settings.Settings(idle_minutes=7))
    engine = start_engine()
    with connect() as client:
        assert client.call("engine.status")["idle_minutes"] == 7
        client.call("engine.stop")
    engine.wait()
    start_engine("--idle-minutes", "0")
    with connect() as client:
        assert client.call("engine.status")["idle_minutes"] == 0


def test_a_broken_setting_is_said_and_not_fatal(start_engine: Start) -> None:
    settings.make_home()
    settings.settings_path().write_text('{"idle_minutes": "long"}')
    start_engine()
    with connect() as client:
        assert client.call("engine.status")["idle_minutes"] == 30
        assert any("settings.json was not used" in line for line in client.call("engine.log")["lines"])


def test_a_taken_port_is_said(start_engine: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        engine = start_engine("--port", str(other.getsockname()[1]))
        assert "could not start" in engine.first_line
        assert "Traceback" not in engine.first_line + engine.rest()
        assert engine.process.returncode == 1


def test_it_works_from_any_directory(tmp_path: Path) -> None:
    # A job starts a worker process, which must find the code as well.
    process = subprocess.Popen(command("serve"), cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "listens at" in process.stdout.readline()
        with connect() as client:
            job = client.call("theory.verify")["job"]
            assert client.call("job.cancel", job=job)["state"] == "cancelled"
    finally:
        process.kill()
        process.communicate()


def test_a_killed_engine_leaves_no_worker(start_engine: Start) -> None:
    engine = start_engine()
    with connect() as client:
        client.call("theory.verify")
        parent = psutil.Process(engine.process.pid)
        workers = []
        deadline = time.monotonic() + 60
        while not workers and time.monotonic() < deadline:
            workers = [each for each in parent.children() if "bridge.worker" in each.cmdline()]
        assert workers
        engine.process.kill()
        gone, left = psutil.wait_procs(workers, timeout=60)
        assert not left
        assert gone
        with pytest.raises(NoEngine):
            client.call("engine.status")


def test_the_log_is_private_and_holds_no_token(start_engine: Start) -> None:
    start_engine()
    found = endpoint.read()
    assert found is not None
    with connect() as client:
        with pytest.raises(RemoteError):
            client.call("session.hello", token=found.token, protocol=1, client={"kind": "test"})
        with pytest.raises(RemoteError):
            client.call(found.token)
        client.call("engine.stop")
    text = settings.log_path().read_text()
    assert "listens at" in text
    assert found.token not in text
    if os.name == "posix":
        assert settings.log_path().stat().st_mode & 0o777 == 0o600
