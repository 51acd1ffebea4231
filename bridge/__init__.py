"""The wire: a local websocket that speaks JSON-RPC 2.0, and the command line on top of it."""

__version__ = "0.1.0"

PROTOCOL = 1
"""Version of the wire, said in session.hello; changes only when an old client could misread a new engine."""
