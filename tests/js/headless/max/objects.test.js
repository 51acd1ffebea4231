import assert from "node:assert/strict";
import { test } from "node:test";
import { parseText } from "../../../../js/headless/max/atoms.js";
import { open, send, traced } from "../support/live.js";
import { Patch } from "../support/patch.js";

/**
 * Object text, inlets, outlets, then pairs: "inlet: message" and what must come out ("outlet message").
 * @type {[string, number, number, ...[string, string[]][]][]}
 */
const TABLE = [
  ["t b i l", 1, 3, ["0: 5 6", ["2 list 5 6", "1 int 5", "0 bang"]], ["0: bang", ["2 bang", "1 int 0", "0 bang"]]],
  ["t 3 foo", 1, 2, ["0: bang", ["1 foo", "0 int 3"]]],
  ["trigger", 1, 2, ["0: 7", ["1 int 7", "0 int 7"]]],
  ["prepend set", 1, 1, ["0: 5", ["0 set 5"]], ["0: a b", ["0 set a b"]], ["0: bang", ["0 set bang"]]],
  ["append x", 1, 1, ["0: 5", ["0 list 5 x"]], ["0: a", ["0 a x"]]],
  ["route a 2", 3, 3, ["0: a 1 2", ["0 list 1 2"]], ["0: 2 x", ["1 x"]], ["0: a", ["0 bang"]], ["0: c 1", ["2 c 1"]]],
  ["route a", 2, 2, ["0: a b c", ["0 b c"]], ["1: z", []], ["0: z 1", ["0 int 1"]]],
  ["route int float", 3, 3, ["0: 4", ["0 int 4"]], ["0: 4.", ["1 float 4."]], ["0: x", ["2 x"]]],
  ["sel 1 b", 3, 3, ["0: 1", ["0 bang"]], ["0: b", ["1 bang"]], ["0: 3", ["2 int 3"]]],
  ["gate 2", 2, 2, ["1: 5", []], ["0: 2", []], ["1: 5", ["1 int 5"]], ["0: 0", []], ["1: 5", []]],
  ["switch 2", 3, 1, ["1: a", []], ["0: 2", []], ["1: a", []], ["2: b", ["0 b"]]],
  ["pack 0 0. s", 3, 1, ["1: 2", []], ["2: x", []], ["0: 1", ["0 list 1 2. x"]], ["0: 3 4", ["0 list 3 4. x"]]],
  ["unpack 0 s", 1, 2, ["0: 4 z", ["1 z", "0 int 4"]]],
  ["join 2 @triggers -1", 2, 1, ["1: a b", ["0 list 0 a b"]], ["0: 1 2", ["0 list 1 2 a b"]]],
  ["i 3", 2, 1, ["0: bang", ["0 int 3"]], ["1: 8", []], ["0: bang", ["0 int 8"]], ["0: 2.9", ["0 int 2"]]],
  ["f", 2, 1, ["0: 2", ["0 float 2."]]],
  ["+ 2", 2, 1, ["0: 3", ["0 int 5"]], ["1: 10", []], ["0: bang", ["0 int 13"]]],
  ["* 0.5", 2, 1, ["0: 3", ["0 float 1.5"]]],
  ["/ 2", 2, 1, ["0: 5", ["0 int 2"]]],
  ["> 3", 2, 1, ["0: 3", ["0 int 0"]], ["0: 3.5", ["0 int 1"]]],
  ["clip 0 10", 3, 1, ["0: 12", ["0 int 10"]], ["0: -1.5", ["0 float 0."]]],
  ["scale 0 127 0. 1.", 6, 1, ["0: 127", ["0 float 1."]]],
  ["change", 1, 3, ["0: 0", []], ["0: 4", ["1 int 1", "0 int 4"]], ["0: 4", []], ["0: 0", ["2 int 1", "0 int 0"]]],
  ["tosymbol", 1, 1, ["0: a 1 b", ["0 symbol a 1 b"]]],
  ["fromsymbol", 1, 1, ["0: symbol a", ["0 a"]]],
  ["zl.reg 1 2", 2, 2, ["0: bang", ["0 list 1 2"]], ["1: 5", []], ["0: bang", ["0 int 5"]]],
  ["stripnote", 2, 2, ["0: 60 100", ["1 int 100", "0 int 60"]], ["0: 60 0", []]],
  ["midiformat", 7, 2, ["6: 3", []], ["0: 60 100", ["1 midievent 146 60 100", "0 int 146", "0 int 60", "0 int 100"]]],
  ["midiparse", 1, 8, ["0: 146", []], ["0: 60", []], ["0: 9", ["7 midievent 146 60 9", "6 int 3", "0 list 60 9"]]],
];

for (const [text, inlets, outlets, ...steps] of TABLE) {
  test(`${text}: ${steps.map(([message]) => message).join(" | ")}`, async (t) => {
    const live = await open(t);
    const patch = new Patch();
    const id = patch.object(text, inlets, outlets, { varname: "it" });
    const dev = await live.addDevice(patch.bytes());
    for (const [message, expected] of steps) {
      const lines = traced(dev);
      const [inlet, words] = message.split(": ");
      const atoms = parseText(words);
      send(dev, id, Number(inlet), ...(words === "bang" ? [] : atoms));
      assert.deepEqual(
        lines.map((line) => line.replace(/^it\./u, "")),
        expected,
        message,
      );
    }
    live.check();
  });
}

test("message box: $1, commas, semicolons, set, escaped signs", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const box = patch.message("a $1, b $2; far x $1");
  const receive = patch.object("r far", 0, 1);
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  send(dev, box, 0, 7, "z");
  assert.deepEqual(
    lines.map((line) => line.replace(/^.*?\.0 /u, "")),
    ["a 7", "b z", "x 7"],
  );
  lines.length = 0;
  send(dev, box, 0, "set", "one\\, two");
  send(dev, box, 0);
  assert.equal(lines.length, 1, receive);
});

test("what an object does not take is an error, not a shrug", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  const gate = patch.object("gate 2", 2, 2);
  const plus = patch.object("+ 1", 2, 1);
  const dial = patch.control("live.dial", "Depth", { type: 0 });
  const dev = await live.addDevice(patch.bytes());
  /** @type {[string, any[], string][]} */
  const cases = [
    [gate, ["frobnicate"], "unknown-message"],
    [plus, ["set", "words"], "bad-argument"],
    [dial, ["activ", 1], "unknown-message"],
    [dial, ["active", "yes"], "bad-argument"],
    [dial, ["_parameter_range", 1, 2, 3], "bad-argument"],
    [dial, ["set", "high"], "bad-argument"],
    [dial, ["sendbox", "colour", 1], "unknown-attribute"],
  ];
  for (const [id, atoms, kind] of cases) {
    send(dev, id, 0, ...atoms);
    assert.equal(live.errors.pop()?.kind, kind, atoms.join(" "));
  }
});

test("a symbol longer than Max's limit is refused on its way out", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  const prepend = patch.object("prepend a", 1, 1, { varname: "it" });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  send(dev, prepend, 0, "x".repeat(32767));
  assert.equal(lines.length, 1);
  send(dev, prepend, 0, "x".repeat(32768));
  assert.equal(lines.length, 1);
  assert.equal(live.errors[0].kind, "symbol-length");
});

test("dict: keys, paths, copies by name", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const one = patch.object("dict store.one", 2, 5, { varname: "one" });
  const two = patch.object("dict", 2, 5, { varname: "two" });
  patch.cord(one, 0, two, 1);
  const dev = await live.addDevice(patch.bytes());
  send(dev, one, 0, "replace", "a::b", 5, 6);
  send(dev, one, 0);
  const lines = traced(dev);
  send(dev, two, 0, "get", "a::b[1]");
  send(dev, two, 0, "contains", "zz");
  assert.deepEqual(lines, ["two.1 a::b[1] 6", "two.1 zz 0"]);
});
