import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { AmxdError, readAmxd, writeAmxd } from "../../../../js/headless/max/amxd.js";
import { Patch } from "../support/patch.js";

const REAL = new URL("../../../../../shared/data/amxd/", import.meta.url);
const sha = (/** @type {Uint8Array} */ bytes) => createHash("sha256").update(bytes).digest("hex");

/** The reference's two devices, with the hashes its author measured. */
const SMALL = { kind: "mmmm", name: "", patcher: {}, jsonText: '{"patcher":{}}', jsonTail: "\n\0" };
const MDAT = 3786912000;

test("writes the reference's unfrozen device byte for byte", () => {
  const bytes = writeAmxd({ ...SMALL, meta: 1, frozen: false, main: null, files: [] });
  assert.equal(bytes.length, 48);
  assert.equal(sha(bytes), "96a438b401bd7bee4a4c8a023acaaba5ab5890ecaa73af9ce77bbd73a6b8ce9c");
});

test("writes the reference's frozen device byte for byte, and reads it", () => {
  const file = (/** @type {string} */ name, /** @type {string} */ text, /** @type {number} */ flag) => {
    return { type: "TEXT", name, flag, mdat: MDAT, bytes: Buffer.from(text) };
  };
  const main = { type: "JSON", name: "T.amxd", flag: 17, mdat: MDAT, bytes: Buffer.alloc(0) };
  const files = [file("a.js", "x=1;\n", 0), file("host.mjs", "1\n", 8)];
  const bytes = writeAmxd({ ...SMALL, meta: 7, frozen: true, main, files });
  assert.equal(bytes.length, 371);
  assert.equal(sha(bytes), "183ed7854a0cbc343806d8a59effa3454661b77c94fbde5e44175efa7bf34e74");
  const back = readAmxd(bytes);
  assert.deepEqual(
    back.files.map(({ name, flag }) => [name, flag]),
    [
      ["a.js", 0],
      ["host.mjs", 8],
    ],
  );
  assert.equal(back.name, "T.amxd");
});

test("real devices come back as they were; the encrypted one is refused", { skip: !existsSync(REAL) }, () => {
  for (const name of readdirSync(REAL)) {
    const bytes = readFileSync(new URL(name, REAL));
    if (name.includes("Encrypted")) {
      assert.throws(() => readAmxd(bytes), { reason: "encrypted" });
    } else assert.ok(writeAmxd(readAmxd(bytes)).equals(bytes), name);
  }
});

test("a changed patcher is written again", () => {
  const device = readAmxd(new Patch().bytes());
  device.patcher.boxes.push({ box: { id: "obj-9", maxclass: "comment", numinlets: 1, numoutlets: 0 } });
  assert.equal(readAmxd(writeAmxd(device)).patcher.boxes.length, 1);
});

/** @type {[string, (bytes: Buffer) => Buffer][]} */
const SPOILED = [
  ["empty", () => Buffer.alloc(0)],
  ["another file", () => Buffer.from("RIFF0000WAVE")],
  ["cut off", (bytes) => bytes.subarray(0, bytes.length - 5)],
  ["unknown kind", (bytes) => Buffer.from(bytes.toString("latin1").replace("mmmm", "zzzz"), "latin1")],
  ["broken JSON", (bytes) => Buffer.from(bytes.toString("latin1").replace('"boxes"', '"boxes'), "latin1")],
  ["no patcher", (bytes) => Buffer.from(bytes.toString("latin1").replace('"patcher"', '"patchen"'), "latin1")],
  [
    "big-endian length",
    (bytes) => {
      const at = bytes.indexOf("ptch") + 4;
      const copy = Buffer.from(bytes);
      copy.writeUInt32BE(bytes.readUInt32LE(at), at);
      return copy;
    },
  ],
];

for (const [what, spoil] of SPOILED) {
  test(`refuses a device that is malformed: ${what}`, () => {
    const bytes = spoil(new Patch().bytes());
    assert.throws(
      () => readAmxd(bytes),
      (/** @type {any} */ error) => error instanceof AmxdError && error.reason === "malformed",
    );
  });
}

test("refuses a frozen device whose list of files is spoiled", () => {
  const bytes = new Patch().pack("a.js", "1").bytes();
  for (const [tag, put] of [
    ["dlst", "dlxt"],
    ["dire", "dirf"],
    ["of32", "of33"],
  ]) {
    const copy = Buffer.from(bytes.toString("latin1").replace(tag, put), "latin1");
    assert.throws(() => readAmxd(copy), { reason: "malformed" }, tag);
  }
});
