"""The methods of the wire, one file per namespace. Importing this package fills `bridge.registry.REGISTRY`."""

from bridge.methods import (
    compose,
    compose_arp,
    compose_files,
    compose_bass,
    compose_drums,
    compose_own,
    compose_vary,
    engine,
    hear,
    hear_known,
    hear_parts,
    job,
    live,
    rpc,
    session,
    theory,
)

__all__ = [
    "compose",
    "compose_arp",
    "compose_files",
    "compose_bass",
    "compose_drums",
    "compose_own",
    "compose_vary",
    "engine",
    "hear",
    "hear_known",
    "hear_parts",
    "job",
    "live",
    "rpc",
    "session",
    "theory",
]
