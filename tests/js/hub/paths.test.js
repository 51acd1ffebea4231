import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { dataFolder, endpointIn, here, launchIn } from "../../../js/hub/paths.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bandmate-paths-"));
after(() => rmSync(folder, { recursive: true, force: true }));

describe("Bandmate's directory", () => {
  const cases = [
    ["linux", "/home/me", {}, "/home/me/.local/share/Bandmate"],
    ["linux", "/home/me", { XDG_DATA_HOME: "/data" }, "/data/Bandmate"],
    ["linux", "/home/me", { XDG_DATA_HOME: "relative" }, "/home/me/.local/share/Bandmate"],
    ["linux", "/home/me", { XDG_DATA_HOME: "" }, "/home/me/.local/share/Bandmate"],
    ["darwin", "/Users/me", {}, "/Users/me/Library/Application Support/Bandmate"],
    ["darwin", "/Users/me", { XDG_DATA_HOME: "/data" }, "/data/Bandmate"],
    ["win32", "C:\\Users\\me", { LOCALAPPDATA: "D:\\Local" }, "D:\\Local\\Bandmate"],
    ["win32", "C:\\Users\\me", {}, "C:\\Users\\me\\AppData\\Local\\Bandmate"],
    ["linux", "/home/me", { BANDMATE_HOME: "/b", XDG_DATA_HOME: "/data" }, "/b"],
    ["linux", "/home/me", { BANDMATE_HOME: "~/b" }, "/home/me/b"],
    ["win32", "C:\\Users\\me", { BANDMATE_HOME: "E:\\b" }, "E:\\b"],
  ];
  for (const [platform, home, env, expected] of cases) {
    it(`${platform} ${JSON.stringify(env)}`, () => assert.equal(dataFolder({ platform, home, env }), expected));
  }

  const python = [".venv/bin/python", ".venv/Scripts/python.exe"].map((at) => join(ROOT, at)).find(existsSync);
  it("is the one the engine uses", { skip: python ? false : "there is no .venv" }, () => {
    const code = "import sys, json; from engine import settings; print(settings.home())";
    for (const extra of [{}, { XDG_DATA_HOME: join(folder, "xdg") }, { BANDMATE_HOME: join(folder, "home") }]) {
      const { BANDMATE_HOME: _b, XDG_DATA_HOME: _x, ...rest } = process.env;
      const env = { ...rest, ...extra };
      const theirs = execFileSync(python, ["-c", code], { cwd: ROOT, env, encoding: "utf8" }).trim();
      assert.equal(dataFolder({ ...here(), env }), theirs);
    }
  });
});

describe("the endpoint file", () => {
  const file = join(folder, "endpoint.json");

  it("is read when it is ours and whole", () => {
    assert.equal(endpointIn(folder), null);
    writeFileSync(file, '{"port":4711,"token":"t","pid":9,"protocol":1}');
    assert.deepEqual(endpointIn(folder), { port: 4711, token: "t", pid: 9 });
    writeFileSync(file, '{"port":47');
    assert.equal(endpointIn(folder), null);
    writeFileSync(file, `{"port":4711,"token":"t","x":"${"y".repeat(5000)}"}`);
    assert.equal(endpointIn(folder), null, "too long to be ours");
    assert.equal(endpointIn(join(folder, "none")), null);
  });
});

describe("how to start the engine", () => {
  const write = (value) =>
    writeFileSync(join(folder, "config.json"), typeof value === "string" ? value : JSON.stringify(value));

  it("comes from what was installed", () => {
    assert.deepEqual(launchIn(folder), { problem: "Engine not installed: run `bandmate install`" });
    write({ python: process.execPath, arguments: ["-m", "bridge", "serve"] });
    assert.deepEqual(launchIn(folder), {
      command: process.execPath,
      args: ["-m", "bridge", "serve", "--stdin-lifeline"],
    });
  });

  it("says in words what is wrong with it", () => {
    for (const bad of [
      "{",
      "null",
      {},
      { python: "python", arguments: [] },
      { python: 3, arguments: [] },
      { python: process.execPath, arguments: [1] },
    ]) {
      write(bad);
      assert.match(launchIn(folder).problem ?? "", /cannot be read: run `bandmate install` again/);
    }
    write({ python: join(folder, "gone", "python"), arguments: [] });
    assert.equal(
      launchIn(folder).problem,
      `Python not found at ${join(folder, "gone", "python")}: run \`bandmate install\` again`,
    );
  });

  it("does not start what is no program", { skip: process.platform === "win32" }, () => {
    const text = join(folder, "text");
    writeFileSync(text, "");
    chmodSync(text, 0o600);
    write({ python: text, arguments: [] });
    assert.match(launchIn(folder).problem ?? "", /Python not found/);
  });
});
