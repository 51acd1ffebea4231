"""Real engine processes with OSC: off unless asked for, on the loopback only, and never a reason not to start."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable

import psutil

from bridge import endpoint
from bridge.client import connect
from bridge.osc.packet import OscLimits, read, write
from bridge.run import _about_osc
from tests.bridge.house import ROOT, EngineProcess, command

Start = Callable[..., EngineProcess]


def second_line(engine: EngineProcess) -> str:
    assert engine.process.stdout is not None
    return engine.process.stdout.readline()


def udp(engine: EngineProcess) -> list[tuple[str, int]]:
    found = psutil.Process(engine.process.pid).net_connections("udp")
    return [(each.laddr.ip, each.laddr.port) for each in found]


def test_python_osc_is_read_by_those_only_who_want_osc() -> None:
    unread = "any(name.startswith(('pythonosc', 'bridge.osc')) for name in sys.modules)"
    code = f"import sys, bridge.run, bridge.cli.serve; sys.exit({unread})"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_with_it_controllers_are_answered_on_the_loopback_and_nowhere_else(start_engine: Start) -> None:
    engine = start_engine("--osc", "--osc-port", "0")
    line = second_line(engine)
    ((host, port),) = udp(engine)
    assert host == "127.0.0.1"
    assert f"127.0.0.1:{port}" in line
    assert "any program on this computer" in line
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as controller:
        controller.settimeout(20)
        controller.sendto(write("/sergik/test", []), (host, port))
        (ack,) = read(controller.recv(65_536), OscLimits())
    assert ack.args[:2] == ["/sergik/test", "ok"]
    second = start_engine("--osc")
    assert "already running" in second.first_line
    assert f"It hears OSC at 127.0.0.1:{port}." in second_line(second)
    assert second.wait() == 0


def test_a_port_that_is_taken_is_said_and_the_engine_runs_without(start_engine: Start) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        engine = start_engine("--osc", "--osc-port", str(port))
        line = second_line(engine)
        assert f"OSC is off: port {port} cannot be opened" in line
        assert "--osc-port" in line
        with connect() as client:
            assert client.call("engine.status")["osc"] == 0
        found = endpoint.read()
        assert found is not None
        assert "It runs without OSC" in _about_osc(found)


def test_ports_of_osc_are_checked_and_need_osc() -> None:
    for words, said in [
        (("--osc-port", "9000"), "need --osc"),
        (("--osc-reply-port", "9000"), "need --osc"),
        (("--osc", "--osc-port", "99999"), "takes 0 to 65535"),
        (("--osc", "--osc-host", "0.0.0.0"), "unrecognized"),  # noqa: S104 - must not be given
    ]:
        tried = subprocess.run(command("serve", *words), cwd=ROOT, capture_output=True, text=True, check=False)
        assert tried.returncode == 2
        assert said in tried.stderr
