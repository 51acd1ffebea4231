import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { open, send, traced } from "../support/live.js";
import { Patch } from "../support/patch.js";

/**
 * A device with one v8 of this code behind live.thisdevice.
 * @param {import("node:test").TestContext} t
 * @param {string} code
 * @param {{inlets?: number, outlets?: number, live?: import("../../../../js/headless/index.js").OpenOptions,
 *   files?: Record<string, string>, path?: string}} [shape]
 */
async function script(t, code, shape = {}) {
  const live = await open(t, { strict: false, ...shape.live });
  const patch = new Patch();
  const v8 = patch.v8(code, shape);
  for (const [name, text] of Object.entries(shape.files ?? {})) patch.pack(name, text);
  patch.cord(patch.object("live.thisdevice", 1, 3), 0, v8, 0);
  const dev = await live.addDevice(patch.bytes(), { path: shape.path });
  return { live, dev, v8 };
}

const kinds = (/** @type {{errors: {kind: string}[]}} */ live) => live.errors.map((error) => error.kind);

test("messages reach the function of their name, else anything", async (t) => {
  const { live, dev, v8 } = await script(
    t,
    `inlets = 2;
     function bang() { post("bang"); }
     function msg_int(v) { post("int", v, inlet); }
     function list(...v) { post("list", v.length); }
     function foo(a, b) { post("foo", a, b, messagename); }
     function anything(...v) { post("any", messagename, v); }
     function secret() { post("secret"); }
     secret.local = 1;`,
    { inlets: 2 },
  );
  live.console.length = 0;
  send(dev, v8, 1, 5);
  send(dev, v8, 0, 2.7);
  send(dev, v8, 0, 1, 2, 3);
  send(dev, v8, 0, "foo", "x", 2);
  send(dev, v8, 0, "secret", 1);
  send(dev, v8, 0, "post", "x");
  assert.deepEqual(live.console, ["int 5 1", "int 2 0", "list 3", "foo x 2 foo", "any secret 1", "any post x"]);
  assert.deepEqual(live.errors, []);
});

test("outlet and messnamed called as somebody's method, or by apply, are errors: that has crashed Live", async (t) => {
  const { live, dev, v8 } = await script(
    t,
    `outlets = 1;
     function bang() {}
     function bare() { outlet(0, 1); messnamed("x", 1); }
     function method() { ({ outlet }).outlet(0, 1); ({ messnamed }).messnamed("x", 1); }
     function applied() { outlet.apply(null, [0, 1]); }`,
    { outlets: 1 },
  );
  send(dev, v8, 0, "bare");
  assert.deepEqual(live.errors, []);
  send(dev, v8, 0, "method");
  send(dev, v8, 0, "applied");
  assert.deepEqual(kinds(live), ["bad-argument", "bad-argument", "bad-argument"]);
});

test("a message without a function, and the words the object keeps, are errors", async (t) => {
  const { live, dev, v8 } = await script(t, "function bang() {} const foo = () => {};");
  send(dev, v8, 0, "foo");
  send(dev, v8, 0, "open", "x");
  send(dev, v8, 0, "notifydeleted");
  assert.deepEqual(kinds(live), ["unknown-message", "unknown-message", "unknown-message"]);
});

test("outlet: ints, floats, symbols, lists, arrays; never outside its range", async (t) => {
  const { live, dev, v8 } = await script(
    t,
    `outlets = 2;
     function bang() {}
     function go() {
       outlet(0, 5); outlet(0, 5.5); outlet(1, "a", 1, [2, 3]); outlet(0, [1, "x"]); outlet(0, "bang"); outlet(0, true);
       outlet(2, 1); outlet(0); outlet(0, undefined); outlet(0, {}); outlet(0, "y".repeat(40000));
     }`,
    { outlets: 2 },
  );
  const lines = traced(dev);
  send(dev, v8, 0, "go");
  assert.deepEqual(lines, [
    "code.0 int 5",
    "code.0 float 5.5",
    "code.1 a 1 2 3",
    "code.0 list 1 x",
    "code.0 bang",
    "code.0 int 1",
  ]);
  assert.deepEqual(kinds(live), ["outlet-range", "bad-argument", "bad-argument", "bad-argument", "symbol-length"]);
});

test("nothing leaves an outlet while the global code runs", async (t) => {
  const { live } = await script(t, "outlets = 1; outlet(0, 1); function bang() {}");
  assert.match(live.errors[0].message, /global code/u);
});

test("LiveAPI before live.thisdevice is an error and an object of nothing; after it works", async (t) => {
  const { live } = await script(
    t,
    `var early = new LiveAPI(null, "live_set");
     post(early.id, early.get("tempo").length);
     function loadbang() { new LiveAPI(null, "live_set"); }
     function bang() { post("tempo", new LiveAPI(null, "live_set").get("tempo")); }`,
  );
  assert.deepEqual(kinds(live), ["liveapi", "liveapi", "liveapi"]);
  assert.match(live.errors[0].message, /use live.thisdevice/u);
  assert.equal(live.console.at(-1), "tempo 120");
});

for (const name of ["setTimeout", "setInterval", "console", "process", "fetch", "global", "window", "module"]) {
  test(`${name} does not exist in v8`, async (t) => {
    const { live } = await script(t, `function bang() { post(typeof ${name}); ${name}.x = 1; }`);
    assert.equal(live.console[0], "undefined");
    assert.match(live.errors[0].message, new RegExp(`ReferenceError: ${name} is not defined`, "u"));
  });
}

test("Buffer is Max's class, with nothing of Node's", async (t) => {
  const { live } = await script(t, "function bang() { post(typeof Buffer.from, typeof Buffer.prototype.peek); }");
  assert.equal(live.console[0], "undefined function");
});

test("WebSocket exists from Max 9.2 on", async (t) => {
  const code = "function bang() { post(typeof WebSocket); }";
  assert.equal((await script(t, code)).live.console[0], "undefined");
  assert.equal((await script(t, code, { live: { max: "9.2" } })).live.console[0], "function");
});

test("require finds the device's own files and no module of Node", async (t) => {
  const { live } = await script(
    t,
    `function bang() {
       post(require("part.js").twice(21));
       try { require("fs"); } catch (error) { post(error instanceof Error, error.message); }
     }`,
    { files: { "part.js": "exports.twice = (n) => 2 * n;" } },
  );
  assert.deepEqual(live.console.slice(0, 1), ["42"]);
  assert.equal(live.console.at(-1), "true Cannot find module 'fs'");
  assert.deepEqual(kinds(live), ["v8"]);
});

test("what the code throws is reported with its line, and Max goes on", async (t) => {
  const { live, dev, v8 } = await script(
    t,
    'function bang() {}\nfunction go() {\n  null.x;\n}\nfunction ok() { post("ok"); }',
  );
  send(dev, v8, 0, "go");
  send(dev, v8, 0, "ok");
  assert.match(live.errors[0].message, /TypeError: .* line 3/u);
  assert.deepEqual(live.console.at(-1), "ok");
});

test("code that does not compile has one inlet and outlet, and is told", async (t) => {
  const { live } = await script(t, "function bang( {", { outlets: 3 });
  assert.deepEqual(kinds(live), ["v8", "box-count", "unknown-message"]);
  assert.match(live.errors[0].message, /SyntaxError/u);
});

test("code that cannot be found is told", async (t) => {
  const live = await open(t, { strict: false });
  const patch = new Patch();
  patch.box({ maxclass: "newobj", text: "v8 lost.js", numinlets: 1, numoutlets: 1, filename: "lost.js" });
  await live.addDevice(patch.bytes());
  assert.match(live.errors[0].message, /can't find file lost.js/u);
});

test("code packed in a frozen device runs, with its arguments", async (t) => {
  const live = await open(t);
  const patch = new Patch().pack("main.js", "post(jsarguments.join());");
  patch.box({ maxclass: "newobj", text: "v8 main.js 5 a", numinlets: 1, numoutlets: 1, filename: "main.js" });
  await live.addDevice(patch.bytes());
  assert.deepEqual(live.console, ["main.js,5,a"]);
});

test("a message of the scheduler thread waits in the low-priority queue; one of the main thread does not", async (t) => {
  const { live, dev, v8 } = await script(t, 'function bang() {} function note(p) { post("note", p); }');
  const box = dev.device.patcher.boxes.get(v8);
  live.console.length = 0;
  live.max.scheduler.high(() => {
    box?.receive(0, { sel: "note", args: [60] });
    live.max.post("scheduler goes on");
  });
  assert.deepEqual(live.console, ["scheduler goes on"]);
  live.settle();
  assert.deepEqual(live.console, ["scheduler goes on", "note 60"]);
  send(dev, v8, 0, "note", 61);
  assert.equal(live.console.at(-1), "note 61");
});

test("promises go on as soon as the call is over", async (t) => {
  const { live } = await script(t, 'async function bang() { post("a"); await null; post("c"); } function x() {}');
  assert.deepEqual(live.console, ["a", "c"]);
});

test("Task: once, repeated, cancelled; in the low-priority queue, with its object and arguments", async (t) => {
  const { live } = await script(
    t,
    `function bang() {
       const who = { name: "me" };
       new Task(function (x) { post("once", this.name, x); }, who, 7).schedule(30);
       const beat = new Task(() => { post("beat"); if (beat.iterations === 3) beat.cancel(); });
       beat.interval = 10;
       beat.repeat();
       const never = new Task(() => post("never"));
       never.schedule(5);
       never.cancel();
     }`,
  );
  live.advance(100);
  assert.deepEqual(live.console, ["beat", "beat", "beat", "once me 7"]);
});

test("Dict: values, paths, quirks of Max, one store for all scripts", async (t) => {
  const { live } = await script(
    t,
    `function bang() {
       const d = new Dict("shared");
       d.set("n", 5); d.replace("a::b", 1, 2); d.set("one", ["x"]);
       d.parse('{"notes":[{"pitch":60},{"pitch":64}],"only":"key"}');
       const e = new Dict("shared");
       post(e.get("notes[1]::pitch"), e.get("notes")[0].get("pitch"), e.getkeys().join());
       e.setparse("sub", '{"k":[1]}');
       post(e.get("sub").get("k"), e.get("sub").getkeys(), e.contains("zz"), e.get("zz"), e.gettype("notes"));
       post(JSON.parse(e.stringify()).sub.k.length);
       e.clear();
       post(d.getkeys());
     }`,
  );
  assert.deepEqual(live.console, ["64 60 notes,only", "1 k 0 null array", "1", "null"]);
});

test("Dict refuses what Max cannot hold", async (t) => {
  const { live } = await script(
    t,
    `function bang() {
       const d = new Dict();
       d.set("o", { a: 1 });
       d.set("s", "x".repeat(32768));
       d.parse(JSON.stringify({ s: "x".repeat(32768) }));
       d.parse("{broken");
       d.set("a::b", 1);
       post(d.getsize());
     }`,
  );
  assert.deepEqual(kinds(live), ["bad-argument", "symbol-length", "symbol-length", "dict", "dict"]);
  assert.equal(live.console.at(-1), "0");
});

test("Global and messnamed join scripts of different devices; --- names stay inside one", async (t) => {
  const live = await open(t);
  const make = () => {
    const patch = new Patch();
    const v8 = patch.v8(`function bang() {} function tell(x) {
      const g = new Global("all"); g.count = (g.count || 0) + 1;
      messnamed("everyone", "hi", x, g.count); messnamed("---mine", "me", x);
    }`);
    patch.cord(patch.object("r everyone", 0, 1), 0, patch.object("print everyone", 1, 0), 0);
    patch.cord(patch.object("r ---mine", 0, 1), 0, patch.object("print mine", 1, 0), 0);
    return { bytes: patch.bytes(), v8 };
  };
  const { bytes, v8 } = make();
  const one = await live.addDevice(bytes, { track: 0 });
  const two = await live.addDevice(bytes, { track: 1 });
  send(one, v8, 0, "tell", 1);
  send(two, v8, 0, "tell", 2);
  assert.deepEqual(live.console, [
    "everyone: hi 1 1",
    "everyone: hi 1 1",
    "mine: me 1",
    "everyone: hi 2 2",
    "everyone: hi 2 2",
    "mine: me 2",
  ]);
});

test("notifydeleted is heard when the device goes; its Tasks are gone then", async (t) => {
  const { live, dev } = await script(
    t,
    `function bang() { new Task(() => post("late")).schedule(10); }
     function notifydeleted() { messnamed("last", "words"); post("bye"); }`,
  );
  /** @type {any[]} */
  const heard = [];
  live.max.bind("last", { hear: (msg) => heard.push(msg.sel) });
  dev.remove();
  live.advance(50);
  assert.deepEqual(live.console, ["bye"]);
  assert.deepEqual(heard, ["words"]);
});

test("File: beside the device, inside it, written and read again", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "headless-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "bandmate.json"), '{"endpoint":"/x"}');
  const { live } = await script(
    t,
    `function bang() {
       const near = new File("bandmate.json");
       post(near.isopen, near.readstring(100), near.foldername === this.patcher.filepath.replace(/.[^/]+$/, ""));
       near.close();
       post(new File("packed.txt").readline(), new File("nothing.txt").isopen);
       const out = new File(near.foldername + "/out.txt", "write");
       out.writeline("one"); out.writestring("two"); out.close();
       const back = new File(near.foldername + "/out.txt");
       post(back.readline(), back.readline(), back.readline());
     }`,
    { files: { "packed.txt": "inside\nmore" }, path: join(folder, "Test.amxd") },
  );
  assert.deepEqual(live.console, ['true {"endpoint":"/x"} true', "inside false", "one two null"]);
  assert.equal(readFileSync(join(folder, "out.txt"), "utf8"), "one\ntwo");
});

test("asking max, patcher or a box for what they do not have is an error", async (t) => {
  const { live } = await script(
    t,
    `function bang() {
       post(max.version, this.patcher.getnamed("code").varname, this.patcher.getnamed("nobody"), this.box.rect.length);
       max.frobnicate; patcher.wind; max.getcolor("live_no_such");
     }`,
  );
  assert.equal(live.console[0], "910 code null 4");
  assert.deepEqual(kinds(live), ["unknown-property", "unknown-property", "bad-argument"]);
});

test("error() is a red line", async (t) => {
  const { live } = await script(t, 'function bang() { error("oh", "no"); }');
  assert.deepEqual(kinds(live), ["posted"]);
  assert.match(live.console[0], /oh no/u);
});

test("an observer of LiveAPI is told in the low-priority queue, inside its own script", async (t) => {
  const { live } = await script(
    t,
    `let api;
     function bang() { api = new LiveAPI((args) => post("heard", args), "live_set"); api.property = "tempo"; }`,
  );
  live.settle();
  live.console.length = 0;
  live.set.edit((set) => set.song.set_tempo(99));
  assert.deepEqual(live.console, []);
  live.settle();
  assert.deepEqual(live.console, ["heard tempo 99"]);
});

test("in virtual time a script's Date goes with Max", async (t) => {
  const code = "let since = 0; function bang() { since = Date.now(); } function told() { post(Date.now() - since); }";
  const { live, dev, v8 } = await script(t, code, { live: { time: "virtual" } });
  send(dev, v8, 0, "told");
  live.advance(1500);
  send(dev, v8, 0, "told");
  assert.deepEqual(live.console, ["0", "1500"]);
});
