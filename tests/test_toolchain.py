"""The pinned tools install on every system, not only on the one where the lock was written."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_node_lock_names_every_systems_package() -> None:
    # npm leaves out what it could not look up, and `npm ci` then refuses the lock everywhere.
    packages = json.loads((ROOT / "js" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = {name for package in packages.values() for name in package.get("optionalDependencies", {})}
    assert wanted
    assert sorted(name for name in wanted if f"node_modules/{name}" not in packages) == []


def test_the_node_lock_agrees_with_what_is_asked_for() -> None:
    asked = json.loads((ROOT / "js" / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((ROOT / "js" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for kind in ("dependencies", "devDependencies"):
        assert packages[""][kind] == asked[kind]
        assert {name: packages[f"node_modules/{name}"]["version"] for name in asked[kind]} == asked[kind]
