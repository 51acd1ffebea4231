/** Max's dialog for a folder: asked for, answered, cancelled. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { asksForFile, pickFile, pickFolder } from "../../../../js/headless/folder_dialog.js";
import { open, send, traced } from "../support/live.js";
import { Patch } from "../support/patch.js";

test("the window opens in the main thread; a folder is one symbol, Cancel a bang", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const dialog = patch.object("opendialog fold", 1, 2, { varname: "ask" });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  assert.throws(() => pickFolder(dev, "/x/"), /has asked for no folder/u);
  send(dev, dialog, 0);
  live.settle();
  pickFolder(dev, "Macintosh HD:/Users/ada/My Drums/");
  send(dev, dialog, 0);
  live.settle();
  pickFolder(dev, null);
  assert.deepEqual(lines, ["ask.0 Macintosh HD:/Users/ada/My Drums/", "ask.1 bang"]);
  assert.throws(() => pickFolder(dev, "/x/"), /has asked for no folder/u, "it is closed");
});

test("the window for a file that is to be made: its name, or Cancel at the third outlet", async (t) => {
  const live = await open(t);
  const patch = new Patch();
  const dialog = patch.object("savedialog JSON", 1, 3, { varname: "ask" });
  const dev = await live.addDevice(patch.bytes());
  const lines = traced(dev);
  for (const path of ["C:/Users/ada/My taste.json", null]) {
    assert.equal(asksForFile(dev), false);
    send(dev, dialog, 0);
    live.settle();
    assert.equal(asksForFile(dev), true);
    pickFile(dev, path);
  }
  assert.deepEqual(lines, ["ask.0 C:/Users/ada/My taste.json", "ask.2 bang"]);
});
