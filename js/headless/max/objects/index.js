/** Which class makes each object. A name without a class here is an object the headless Max does not know. */

import { BufferBox } from "./buffer.js";
import * as control from "./control.js";
import { OpenDialog, SaveDialog } from "./dialog.js";
import { DictBox } from "./dict.js";
import * as followers from "./followers.js";
import * as lists from "./lists.js";
import * as live from "./live.js";
import { MessageBox } from "./messagebox.js";
import { Metro } from "./metro.js";
import * as midi from "./midi.js";
import { MidiToolIn, MidiToolOut } from "./miditool.js";
import * as misc from "./misc.js";
import * as names from "./names.js";
import { NodeScript } from "./nodescript.js";
import * as numbers from "./numbers.js";
import { RecordBox } from "./record.js";
import * as signals from "./signals.js";
import * as store from "./store.js";
import { Inlet, Outlet, Subpatcher } from "./subpatcher.js";
import { TextEdit } from "./textedit.js";
import * as timing from "./timing.js";
import { Transport } from "./transport.js";
import { V8 } from "./v8.js";
import { V8UI } from "./v8ui.js";
import * as zl from "./zl.js";

/** @type {Record<string, new (spec: import("../box.js").BoxSpec) => import("../box.js").Box>} */
export const OBJECTS = {
  __proto__: /** @type {any} */ (null),
  "live.thisdevice": misc.ThisDevice,
  "live.banks": misc.Banks,
  "live.dial": live.Dial,
  "live.slider": live.Dial,
  "live.numbox": live.Dial,
  "live.menu": live.Menu,
  "live.tab": live.Menu,
  "live.toggle": live.Toggle,
  "live.button": live.LiveButton,
  "live.text": live.LiveText,
  "live.comment": misc.Comment,
  "live.line": misc.Still,
  comment: misc.Comment,
  panel: misc.Still,
  textedit: TextEdit,
  message: MessageBox,
  button: control.Button,
  toggle: control.NumberBox,
  number: control.NumberBox,
  flonum: control.NumberBox,
  trigger: control.Trigger,
  prepend: control.Prepend,
  append: control.Append,
  route: control.Route,
  select: control.Select,
  gate: control.Gate,
  switch: control.Switch,
  change: control.Change,
  send: names.Send,
  receive: names.Receive,
  forward: names.Forward,
  pack: lists.Pack,
  pak: lists.Pack,
  unpack: lists.Unpack,
  join: lists.Join,
  "zl.reg": zl.ZlReg,
  "zl.group": zl.ZlGroup,
  "zl.join": zl.ZlJoin,
  "zl.filter": zl.ZlFilter,
  "zl.len": zl.ZlLen,
  "zl.lookup": zl.ZlLookup,
  "zl.slice": zl.ZlSlice,
  "zl.iter": zl.ZlIter,
  "zl.sort": zl.ZlSort,
  "zl.thin": zl.ZlThin,
  coll: store.Coll,
  uzi: store.Uzi,
  iter: store.Iter,
  split: store.Split,
  minimum: store.Extreme,
  maximum: store.Extreme,
  freebang: store.FreeBang,
  tosymbol: lists.ToSymbol,
  fromsymbol: lists.FromSymbol,
  int: numbers.Store,
  float: numbers.Store,
  clip: numbers.Clip,
  scale: numbers.Scale,
  abs: numbers.Function1,
  sqrt: numbers.Function1,
  random: misc.Random,
  deferlow: timing.DeferLow,
  defer: timing.Defer,
  delay: timing.Delay,
  metro: Metro,
  qmetro: Metro,
  transport: Transport,
  pipe: timing.Pipe,
  makenote: timing.MakeNote,
  stripnote: timing.StripNote,
  midiin: midi.MidiIn,
  midiout: midi.MidiOut,
  midiparse: midi.MidiParse,
  midiflush: midi.MidiFlush,
  midiformat: midi.MidiFormat,
  notein: midi.NoteIn,
  noteout: midi.NoteOut,
  "live.miditool.in": MidiToolIn,
  "live.miditool.out": MidiToolOut,
  opendialog: OpenDialog,
  savedialog: SaveDialog,
  print: misc.Print,
  loadbang: misc.LoadBang,
  loadmess: misc.LoadBang,
  thispatcher: misc.ThisPatcher,
  pattr: misc.Pattr,
  dict: DictBox,
  "plugin~": signals.PlugIn,
  "plugout~": signals.PlugOut,
  "sig~": signals.Sig,
  "+~": signals.SignalMath,
  "-~": signals.SignalMath,
  "*~": signals.SignalMath,
  "/~": signals.SignalMath,
  "slide~": followers.Slide,
  "thresh~": followers.Thresh,
  "edge~": followers.Edge,
  "snapshot~": signals.Snapshot,
  "dspstate~": signals.DspState,
  "buffer~": BufferBox,
  "record~": RecordBox,
  patcher: Subpatcher,
  inlet: Inlet,
  outlet: Outlet,
  v8: V8,
  "v8.codebox": V8,
  v8ui: V8UI,
  "node.script": NodeScript,
};

for (const name of "+ - * / % !- !/ pow == != > < >= <= && || & | >> <<".split(" ")) OBJECTS[name] = numbers.Arithmetic;
