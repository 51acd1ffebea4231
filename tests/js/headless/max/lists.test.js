/** Objects that hold lists, notes and numbers: the zl family, coll, uzi, iter, split, minimum, maximum, midiflush, makenote, freebang. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hanging, heardNotes } from "../../../../js/headless/heard_notes.js";
import { open, send } from "../support/live.js";
import { Patch } from "../support/patch.js";

/**
 * One object, every outlet of which prints.
 * @param {import("node:test").TestContext} t
 * @param {string} text
 * @param {number} inlets
 * @param {number} outlets
 * @param {any} [options]
 */
async function alone(t, text, inlets, outlets, options = {}) {
  const live = await open(t, options);
  const patch = new Patch();
  const id = patch.object(text, inlets, outlets);
  for (let outlet = 0; outlet < outlets; outlet += 1) {
    patch.cord(id, outlet, patch.object(`print ${outlet}`, 1, 0), 0);
  }
  const dev = await live.addDevice(patch.bytes());
  /** @param {number} inlet @param {...any} atoms */
  const say = (inlet, ...atoms) => {
    const before = live.console.length;
    send(dev, id, inlet, ...atoms);
    return live.console.slice(before);
  };
  return { live, dev, id, say };
}

test("zl.reg, zl.group, zl.iter", async (t) => {
  const reg = await alone(t, "zl.reg 1 2", 2, 2);
  assert.deepEqual(reg.say(0, "bang"), ["0: 1 2"]);
  assert.deepEqual(reg.say(1, 5, 6, 7), []);
  assert.deepEqual(reg.say(0, "bang"), ["0: 5 6 7"]);
  const group = await alone(t, "zl.group 3", 2, 2);
  assert.deepEqual(group.say(0, 1), []);
  assert.deepEqual(group.say(0, 2, 3, 4), ["0: 1 2 3"]);
  assert.deepEqual(group.say(0, "bang"), ["0: 4"]);
  assert.deepEqual(group.say(0, "bang"), []);
  const iter = await alone(t, "zl.iter 2", 2, 2);
  assert.deepEqual(iter.say(0, 1, 2, 3), ["0: 1 2", "0: 3"]);
});

test("zl.join, zl.filter, zl.len, zl.lookup", async (t) => {
  const join = await alone(t, "zl.join", 2, 2);
  join.say(1, 8, 9);
  assert.deepEqual(join.say(0, 7), ["0: 7 8 9"]);
  const filter = await alone(t, "zl.filter", 2, 2);
  filter.say(1, 60);
  assert.deepEqual(filter.say(0, -1, 60, 64, 60), ["0: -1 64"]);
  filter.say(1, -1, 64, 60);
  assert.deepEqual(filter.say(0, "bang"), [], "an empty list is not sent");
  const len = await alone(t, "zl.len", 2, 2);
  assert.deepEqual(len.say(0, 5, 5, 5), ["0: 3"]);
  const lookup = await alone(t, "zl.lookup", 2, 2);
  lookup.say(1, 60, 64, 67);
  assert.deepEqual(lookup.say(0, 2, 0, 9), ["0: 67 60"], "places that are not there give nothing");
});

test("zl.slice, zl.sort, zl.thin", async (t) => {
  const slice = await alone(t, "zl.slice 1", 2, 2);
  assert.deepEqual(slice.say(0, 5, 6, 7), ["1: 6 7", "0: 5"]);
  assert.deepEqual(slice.say(0, 5), ["0: 5"]);
  const sort = await alone(t, "zl.sort", 2, 2);
  assert.deepEqual(sort.say(0, 67, 60, 64), ["1: 1 2 0", "0: 60 64 67"]);
  sort.say(1, -1);
  assert.deepEqual(sort.say(0, "bang").at(-1), "0: 67 64 60");
  const thin = await alone(t, "zl.thin", 2, 2);
  assert.deepEqual(thin.say(0, 60, 64, 60, 72, 64), ["0: 60 64 72"]);
});

test("a list too long for zl is complained about", async (t) => {
  const { live, say } = await alone(t, "zl.len", 2, 2, { strict: false });
  assert.deepEqual(say(0, ...Array.from({ length: 300 }, (_, at) => at)).at(-1), "0: 256");
  assert.equal(live.errors[0].kind, "list-length");
});

test("coll keeps messages under numbers, and boxes of one name share them", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const one = patch.object("coll ---shared", 1, 4);
  const other = patch.object("coll ---shared", 1, 4);
  const apart = patch.object("coll", 1, 4);
  for (const each of [one, other, apart]) {
    patch.cord(each, 0, patch.object("print data", 1, 0), 0).cord(each, 1, patch.object("print key", 1, 0), 0);
  }
  const dev = await live.addDevice(patch.bytes());
  send(dev, one, 0, 3, 10, 20);
  send(dev, one, 0, "store", 4, 30);
  send(dev, other, 0, 3);
  send(dev, apart, 0, 3);
  assert.deepEqual(live.console, ["key: 3", "data: 10 20"]);
  send(dev, other, 0, 4);
  assert.equal(live.console.at(-1), "data: 30");
  send(dev, other, 0, "length");
  assert.equal(live.console.at(-1), "data: 2");
  send(dev, one, 0, "remove", 3);
  send(dev, one, 0, "clear");
  const before = live.console.length;
  send(dev, other, 0, 4);
  assert.equal(live.console.length, before, "nothing goes out where there is nothing");
});

test("uzi, iter, split", async (t) => {
  const uzi = await alone(t, "uzi 2 0", 2, 3);
  assert.deepEqual(uzi.say(0, "bang"), ["2: 0", "0: bang", "2: 1", "0: bang", "1: bang"]);
  uzi.say(1, 1);
  assert.deepEqual(uzi.say(0, "bang"), ["2: 0", "0: bang", "1: bang"]);
  const iter = await alone(t, "iter", 1, 1);
  assert.deepEqual(iter.say(0, 5, 6), ["0: 5", "0: 6"]);
  const split = await alone(t, "split 0 127", 3, 2);
  assert.deepEqual([...split.say(0, 0), ...split.say(0, 128), ...split.say(0, -5)], ["0: 0", "1: 128", "1: -5"]);
});

test("minimum and maximum", async (t) => {
  const least = await alone(t, "minimum 32", 2, 2);
  assert.deepEqual([...least.say(0, 40), ...least.say(0, 3)], ["1: 1", "0: 32", "1: 0", "0: 3"]);
  const most = await alone(t, "maximum 0", 2, 2);
  assert.deepEqual(most.say(0, -1), ["1: 1", "0: 0"]);
  most.say(1, 7);
  assert.deepEqual(most.say(0, "bang").at(-1), "0: 7");
});

/** @param {import("node:test").TestContext} t @param {string} text @param {number} [inlets] */
async function playing(t, text, inlets = 1) {
  const live = await open(t);
  const patch = new Patch();
  const source = patch.object("midiin", 1, 1);
  const id = patch.object(text, inlets, 1);
  const out = patch.object("midiout", 1, 0);
  patch.cord(source, 0, id, 0).cord(id, 0, out, 0);
  const leave = patch.object("freebang", 1, 1);
  patch.cord(leave, 0, id, 0);
  return { live, id, dev: await live.addDevice(patch.bytes()) };
}

test("midiflush passes bytes and ends what sounds, freebang does so when the device goes", async (t) => {
  const { live, dev, id } = await playing(t, "midiflush");
  dev.midiIn([
    [0x90, 60, 99],
    [0x90, 64, 99],
    [0x80, 60, 0],
    [0xb0, 1, 5],
  ]);
  assert.deepEqual(
    hanging(heardNotes(dev.midiOut)).map(({ pitch }) => pitch),
    [64],
  );
  send(dev, id, 0, "bang");
  assert.deepEqual(dev.midiOut.at(-1)?.bytes, [0x90, 64, 0]);
  const count = dev.midiOut.length;
  send(dev, id, 0, "bang");
  assert.equal(dev.midiOut.length, count, "once is enough");
  dev.midiIn([0x91, 70, 99]);
  live.act(() => dev.remove());
  assert.deepEqual(hanging(heardNotes(dev.midiOut)), []);
});

for (const [mode, sent] of /** @type {[number, string[]][]} */ ([
  [0, ["0 60 1", "50 60 1", "100 60 0", "150 60 0"]],
  [1, ["0 60 1", "50 60 0", "50 60 1", "150 60 0"]],
  [2, ["0 60 1", "50 60 1", "150 60 0"]],
])) {
  test(`makenote, repeatmode ${mode}`, async (t) => {
    const live = await open(t);
    const patch = new Patch();
    const make = patch.object(`makenote 100 100 @repeatmode ${mode}`, 3, 2);
    const out = patch.object("noteout", 3, 0);
    patch.cord(make, 0, out, 0).cord(make, 1, out, 1);
    const dev = await live.addDevice(patch.bytes());
    send(dev, make, 0, 60);
    live.advance(50);
    send(dev, make, 0, 60);
    live.advance(500);
    assert.deepEqual(
      dev.midiOut.map(({ time, bytes }) => `${time} ${bytes[1]} ${Number(bytes[2] > 0)}`),
      sent,
    );
  });
}
