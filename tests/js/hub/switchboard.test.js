import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Switchboard } from "../../../js/hub/switchboard.js";
import { DictWriter, readDict } from "../../../js/rpc/pieces.js";
import { MaxBus } from "../rpc/support/max_bus.js";

function setUp() {
  const { Dict } = new MaxBus();
  const node = [];
  const devices = [];
  const board = new Switchboard({
    toNode: (...message) => node.push(message),
    toDevices: (...message) => devices.push(message),
    DictClass: Dict,
    prefix: "text.h1",
  });
  return { Dict, node, devices, board };
}

function opened() {
  const all = setUp();
  all.board.fromDevice("open", "d1", ["{}"]);
  all.board.fromNode("d1", "opened", []);
  return all;
}

describe("the switchboard", () => {
  it("passes wishes, frames and goodbyes to node.script", () => {
    const { board, node } = opened();
    board.fromDevice("frame", "d1", ["text"]);
    board.fromDevice("wake", "d1", []);
    board.fromDevice("close", "d1", []);
    assert.deepEqual(node, [
      ["device", "open", "d1", "{}"],
      ["device", "frame", "d1", "text"],
      ["device", "wake", "d1"],
      ["device", "close", "d1"],
    ]);
  });

  it("unrolls a Dict into pieces, and makes one of pieces", () => {
    const { Dict, board, node, devices } = opened();
    const long = "abc".repeat(30_000);
    const writer = new DictWriter(Dict, "text.d1");
    board.fromDevice("dict", "d1", [writer.write(long.match(/.{1,30000}/g))]);
    const pieces = node.slice(1);
    assert.deepEqual(
      pieces.map((message) => message.slice(0, 5)),
      [0, 1, 2].map((at) => ["device", "piece", "d1", at, 3]),
    );
    for (const [, , , index, count, text] of pieces) board.fromNode("d1", "piece", [index, count, text]);
    const [selector, id, name] = devices.at(-1);
    assert.deepEqual([selector, id], ["dict", "d1"]);
    assert.equal(readDict(Dict, name), long);
  });

  it("tells a device that has no connection so, instead of losing its frame", () => {
    const { board, devices, node } = setUp();
    board.fromDevice("frame", "d9", ["text"]);
    assert.deepEqual(devices, [["closed", "d9", 4410, ""]]);
    assert.deepEqual(node, []);
  });

  it("answers whether a connection stands", () => {
    const { board, devices } = opened();
    assert.equal(board.fromDevice("here", "d1", []), true);
    assert.equal(devices.length, 1);
    board.fromDevice("here", "d2", []);
    assert.deepEqual(devices.at(-1), ["closed", "d2", 4410, ""]);
  });

  it("repeats what was wished when node.script comes anew", () => {
    const { board, node } = opened();
    board.fromDevice("open", "d2", ['{"name":"Bass"}']);
    board.cutOff("gone");
    node.length = 0;
    board.repeatWishes();
    assert.deepEqual(node, [["device", "open", "d2", '{"name":"Bass"}']]);
  });

  it("tells those who had a connection when node.script goes, and all when the Hub does", () => {
    const { board, devices, node } = opened();
    board.fromDevice("open", "d2", ["{}"]);
    board.cutOff("gone");
    assert.deepEqual(devices.at(-1), ["closed", "d1", 4410, "gone"]);
    board.dismiss("bye");
    assert.deepEqual(devices.at(-1), ["closed", "d2", 4410, "bye"]);
    assert.equal(devices.length, 3);
    node.length = 0;
    board.repeatWishes();
    assert.deepEqual(node, [], "nobody's wish is kept");
  });

  it("drops what arrives for a device that left", () => {
    const { board, devices } = opened();
    board.fromDevice("close", "d1", []);
    board.fromNode("d1", "frame", ["late"]);
    assert.equal(devices.length, 1);
  });
});
