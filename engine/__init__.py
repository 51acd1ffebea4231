"""The mind: pure Python functions and models, without sockets, without Live, without RPC words."""
