/** Max's dialog for a folder: asked for, answered, cancelled. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pickFolder } from "../../../../js/headless/folder_dialog.js";
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
