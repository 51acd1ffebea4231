/** The second act of the demonstration, its first bars: four Jams play, and what they play is kept. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { playBuild } from "../../js/headless/second_act.js";
import { sharedEngine } from "./support/engine.js";

const engine = sharedEngine();

it("four Jams play by their lanes, into a MIDI file and a picture", { timeout: 120_000 }, async () => {
  const out = mkdtempSync(join(tmpdir(), "bandmate-act-"));
  try {
    const { parts, console: lines, ...build } = await playBuild(engine.home, out, { bars: 2 });
    assert.deepEqual(lines, []);
    assert.deepEqual(
      parts.map(({ role }) => role),
      ["Drums", "Bass", "Chords", "Melody"],
    );
    for (const { role, notes } of parts) {
      assert.ok(notes.length > 0, `${role} plays nothing`);
      for (const { start, duration } of notes) assert.ok(start < 8.2 && duration > 0 && duration < 16);
    }
    assert.deepEqual(build.files, ["build.mid", "build.svg", "build.png"]);
    assert.equal(readFileSync(join(out, "build.mid")).toString("latin1", 0, 4), "MThd");
    assert.match(readFileSync(join(out, "build.svg"), "utf8"), />Energy<[\s\S]*>Melody<[\s\S]*>Drums</);
  } finally {
    rmSync(out, { recursive: true });
  }
});
