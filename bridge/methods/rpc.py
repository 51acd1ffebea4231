"""rpc.*: the wire about itself."""

from __future__ import annotations

from typing import Any

from bridge.call import Call
from bridge.openrpc import document
from bridge.registry import method


@method("rpc.discover")
def discover(call: Call) -> dict[str, Any]:
    """Describe every method as an OpenRPC document.

    Returns:
        The document, as the OpenRPC specification 1.3.2 has it.
    """
    return document(call.runtime.methods)
