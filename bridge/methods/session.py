"""session.*: who is there."""

# ruff: noqa: ARG001 - the signature is the contract; the server answers the first hello itself

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from bridge.errors import InvalidRequest
from bridge.registry import method
from bridge.session import Client, Welcome


@method("session.hello")
def hello(token: Annotated[str, Meta(max_length=256)], protocol: int, client: Client) -> Welcome:
    """Say who you are. The first message of every connection, within two seconds, and only the first.

    Args:
        token: The engine's secret, from the endpoint file.
        protocol: Version of the wire the client speaks: 1.
        client: Who it is.
    """
    # The first message is answered by the server itself, before there is a session to call methods in.
    raise InvalidRequest("session.hello was said already", "One hello per connection.")
