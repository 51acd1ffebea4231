import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeWav, encodeWav } from "../../../../js/headless/max/wav.js";
import fc from "../../../../js/node_modules/fast-check/lib/fast-check.js";
import { noise } from "../support/sound.js";

test("a float file gives every sample back bit for bit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ noNaN: true }), { minLength: 0, maxLength: 200 }),
      fc.constantFrom(44100, 48000, 96000),
      (list, rate) => {
        const left = Float32Array.from(list);
        const right = left.slice().reverse();
        const back = decodeWav(encodeWav({ rate, channels: [left, right], type: "float32" }));
        assert.equal(back.rate, rate);
        assert.equal(back.type, "float32");
        assert.deepEqual(back.channels, [left, right]);
      },
    ),
  );
});

test("files of integers are within half a step, and hold what is too loud", () => {
  const sound = noise(1000);
  for (const [type, bits] of /** @type {const} */ ([
    ["int16", 16],
    ["int24", 24],
    ["int32", 32],
  ])) {
    const [back] = decodeWav(encodeWav({ rate: 44100, channels: [sound], type })).channels;
    const half = 0.5 / 2 ** (bits - 1) + 2 ** -24;
    for (let i = 0; i < sound.length; i += 1) assert.ok(Math.abs(back[i] - sound[i]) <= half, `${type} at ${i}`);
    const loud = Float32Array.of(3, -3, Number.NaN);
    const [held] = decodeWav(encodeWav({ rate: 44100, channels: [loud], type })).channels;
    assert.ok(Math.abs(held[0] - 1) < 2 ** -14);
    assert.deepEqual([held[1], held[2]], [-1, 0]);
  }
});

test("the head says what the data are, byte by byte", () => {
  const bytes = encodeWav({ rate: 44100, channels: [Float32Array.of(0.5), Float32Array.of(-0.5)], type: "int16" });
  const expected = [
    ...Buffer.from("RIFF"),
    ...[40, 0, 0, 0],
    ...Buffer.from("WAVEfmt "),
    ...[16, 0, 0, 0, 1, 0, 2, 0, 0x44, 0xac, 0, 0, 0x10, 0xb1, 2, 0, 4, 0, 16, 0],
    ...Buffer.from("data"),
    ...[4, 0, 0, 0, 0, 0x40, 0, 0xc0],
  ];
  assert.deepEqual([...bytes], expected);
});

test("an odd number of bytes is padded, and the next chunk is still found", () => {
  const bytes = encodeWav({ rate: 44100, channels: [Float32Array.of(0.25)], type: "int24" });
  assert.equal(bytes.length % 2, 0);
  assert.equal(bytes.readUInt32LE(4), bytes.length - 8);
  assert.deepEqual(decodeWav(bytes).channels, [Float32Array.of(0.25)]);
});

test("what is no WAV file is refused in words", () => {
  assert.throws(() => decodeWav(Buffer.from("nothing of the kind")), /not a WAV file/u);
  const cut = encodeWav({ rate: 44100, channels: [noise(4)], type: "int16" }).subarray(0, 36);
  assert.throws(() => decodeWav(cut), /without its format or its data/u);
  const strange = encodeWav({ rate: 44100, channels: [noise(4)], type: "int16" });
  strange.writeUInt16LE(7, 20);
  assert.throws(() => decodeWav(strange), /format 7 with 16 bits/u);
});
