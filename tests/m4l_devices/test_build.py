import json
import shutil
import subprocess
from pathlib import Path

import pytest

from m4l_devices import BUILT, build, built_devices
from m4l_devices.amxd import KINDS, read, write
from m4l_devices.build import BUNDLES, TABLES, build_devices, main
from m4l_devices.errors import PatchError
from m4l_devices.guidelines import violations
from m4l_devices.guidelines.view import View

from .samples import ROOT, bundles

NODE = shutil.which("node")
SCRIPTS = {"Bandmate Hub.amxd": 3, "Bandmate Listen.amxd": 3}
"""What each device holds: most have one for the device and one for its picture."""


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    folder.mkdir()
    for name, text in bundles().items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_builds_every_device(dist):
    built = build_devices(dist)
    assert set(built) == set(TABLES)
    assert all(write(read(data)) == data for data in built.values())


def test_missing_bundles_are_named(dist):
    (dist / "chords.js").unlink()
    with pytest.raises(PatchError, match=r"chords\.js") as caught:
        build_devices(dist)
    assert "make bundle" in caught.value.hint


def test_a_device_that_breaks_a_rule_is_not_built(dist):
    with (dist / "chords.js").open("a", encoding="utf-8") as file:
        file.write('post("hello");\n')
    with pytest.raises(PatchError, match="quiet"):
        build_devices(dist)


def test_command_writes_then_finds_nothing_stale(dist, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build, "DIST", dist)
    monkeypatch.setattr(build, "BUILT", tmp_path / "built")
    assert main(["--check"]) == 1
    assert "Bandmate Hub.amxd is stale" in capsys.readouterr().out
    assert not list((tmp_path / "built").glob("*"))
    assert main([]) == 0
    assert main(["--check"]) == 0
    assert main([]) == 0
    assert "(unchanged)" in capsys.readouterr().out
    (dist / "chords.js").write_text(bundles("x = 1;")["chords.js"], "utf-8")
    assert main(["--check"]) == 1
    out = capsys.readouterr().out
    assert "Chords" in out
    assert "Hub" not in out


def test_command_says_what_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build, "DIST", tmp_path)
    assert main([]) == 1
    assert "not bundled yet" in capsys.readouterr().out


# --- the committed devices --------------------------------------------------------------------------------------


def test_installer_finds_the_devices():
    found = built_devices()
    assert {device.name: device.kind for device in found} == {
        Path(file).stem: {name: kind for kind, name in KINDS.items()}[table.device_class]
        for file, table in TABLES.items()
    }
    assert {"aaaa", "mmmm", "nagg", "natt"} == {device.kind for device in found}
    assert all(device.path.is_file() and device.path.parent == BUILT for device in found)


@pytest.mark.parametrize("name", TABLES)
def test_committed_devices_keep_every_rule(name):
    data = (BUILT / name).read_bytes()
    device = read(data)
    assert write(device) == data
    assert [str(one) for one in violations(device, TABLES[name])] == []


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """The scripts, bundled now from their sources."""
    if NODE is None or not (ROOT / "js" / "node_modules").is_dir():
        pytest.skip("needs node and js/node_modules (make setup)")
    folder = tmp_path_factory.mktemp("dist")
    program = (
        "import { bundle, ENTRIES } from './bundle.mjs'; import { writeFileSync } from 'node:fs';"
        "for (const entry of ENTRIES) writeFileSync(`${process.argv[1]}/${entry.out}`, await bundle(entry));"
    )
    command = [NODE, "--input-type=module", "-e", program, str(folder)]
    done = subprocess.run(command, cwd=ROOT / "js", capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_committed_devices_are_not_stale(fresh):
    stale = [name for name, data in build_devices(fresh).items() if (BUILT / name).read_bytes() != data]
    assert stale == [], "run `make devices`"


PARSES = """
import { readFileSync } from "node:fs";
import { Script, SourceTextModule } from "node:vm";
for (const path of process.argv.slice(1)) {
  const [text, name] = [readFileSync(path, "utf8"), { filename: path, identifier: path }];
  path.endsWith(".mjs") ? new SourceTextModule(text, name) : new Script(text, name);
}
"""
"""Parses files as scripts, or as modules where they are named so, and runs none of them; all in one node."""


def parsed(paths):
    """What node says to all of them together; status 0 when each is JavaScript."""
    command = [
        NODE,
        "--no-warnings",
        "--experimental-vm-modules",
        "--input-type=module",
        "-e",
        PARSES,
        *map(str, paths),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_embedded_code_parses(tmp_path):
    """What the committed devices hold is JavaScript that node accepts, and v8 code needs nothing after ES2020."""
    paths = []
    for name in TABLES:
        device = read((BUILT / name).read_bytes())
        codes = {f"{box.id}.cjs": box.code for box in View(device).boxes if box.code}
        codes |= {entry.name: entry.body.decode() for entry in device.files()}
        assert len(codes) == SCRIPTS.get(name, 2)
        for file, code in codes.items():
            path = tmp_path / f"{len(paths)} {file}"
            path.write_text(code, "utf-8")
            paths.append(path)
    done = parsed(paths)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(NODE is None, reason="needs node")
@pytest.mark.parametrize(
    ("name", "code"), [("a.cjs", "let = = 1;"), ("a.cjs", "import x from 'y';"), ("a.mjs", "let = =;")]
)
def test_code_that_does_not_parse_is_told_by_its_file(tmp_path, name, code):
    good, bad = tmp_path / "good.mjs", tmp_path / name
    good.write_text("import x from 'max-api'; export default await x;", "utf-8")
    bad.write_text(code, "utf-8")
    done = parsed([good, bad])
    assert done.returncode != 0
    assert name in done.stderr
    assert parsed([good]).returncode == 0


def test_table_is_inside_the_script():
    """The device's own code carries the same table the builder read: its words for every menu item."""
    code = next(
        box.code for box in View(read((BUILT / "Bandmate Chords.amxd").read_bytes())).boxes if box.object == "v8"
    )
    for parameter in TABLES["Bandmate Chords.amxd"].parameters:
        assert json.dumps(parameter.selector) in code
        assert all(json.dumps(one) in code for one in parameter.ids)


def test_names_of_bundles():
    assert set(BUNDLES) == set(bundles())
