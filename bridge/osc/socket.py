"""The UDP socket of the OSC bridge, on 127.0.0.1 only."""

from __future__ import annotations

import asyncio
import ipaddress
import logging

from bridge.endpoint import HOST
from bridge.osc.bridge import Bridge
from bridge.osc.listeners import Address
from bridge.osc.packet import OscLimits
from bridge.runtime import Runtime

_log = logging.getLogger("bandmate")


class OscSocket(asyncio.DatagramProtocol):
    """A socket that hands datagrams to a bridge.

    Args:
        runtime: The engine.
        reply_port: Port on this computer that answers go to; 0: the one the message came from.
        limits: How much may come.
    """

    def __init__(self, runtime: Runtime, reply_port: int = 0, limits: OscLimits | None = None) -> None:
        self._reply_port = reply_port
        self._bridge = Bridge(runtime, self._send, limits)
        self._runtime = runtime
        self._transport: asyncio.DatagramTransport | None = None

    async def open(self, port: int) -> int:
        """Listen on 127.0.0.1.

        Args:
            port: 0 to 65535; 0 lets the system choose.

        Returns:
            The bound port.

        Raises:
            OSError: the port is taken.
        """
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HOST, port))
        self._transport = transport
        self._runtime.osc_port = int(transport.get_extra_info("sockname")[1])
        return self._runtime.osc_port

    async def close(self) -> None:
        """Stop listening."""
        self._runtime.osc_port = 0
        if self._transport:
            self._transport.close()
            self._transport = None
        await self._bridge.close()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Take a datagram, as asyncio calls it."""
        # The socket is bound to the loopback, so nobody else can be there; it costs nothing to look.
        if ipaddress.ip_address(addr[0]).is_loopback:
            self._bridge.take(data, (addr[0], self._reply_port or addr[1]))

    def error_received(self, exc: Exception) -> None:
        """Take an error, as asyncio calls it: a controller that is gone is no fault."""
        _log.debug("an OSC datagram did not arrive: %s", type(exc).__name__)

    def _send(self, datagram: bytes, to: Address) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.sendto(datagram, to)
