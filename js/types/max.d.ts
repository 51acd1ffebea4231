/**
 * What Max's v8 / v8ui objects put on the global scope, as far as this project uses it.
 *
 * Three names are missing on purpose: Max's `File`, `Buffer` and (Max 9.2 and later) `WebSocket` share their names
 * with Node's own globals, which the type checker already knows. Code reaches them through
 * `/** @type {MaxGlobals} *\/ (/** @type {unknown} *\/ (globalThis)).File`.
 *
 * Bundled scripts must not use a top-level `this` (a bundler turns it into undefined): the global `patcher`,
 * `box` and `inlet` are the same values.
 */

type MaxAtom = string | number;

/** Set by the bundler's banner, outside of any function, as Max wants it. */
declare var inlets: number;
declare var outlets: number;
declare var autowatch: number;
/** Inlet that the present message came in by, from 0. */
declare var inlet: number;
/** Selector of the present message; tells `anything` what was asked. */
declare var messagename: string;
/** Typed arguments of the box; [0] is the file's name. */
declare var jsarguments: MaxAtom[];
declare var patcher: MaxPatcher;
declare var box: MaxBox;

declare function outlet(index: number, ...values: unknown[]): void;
declare function post(...values: unknown[]): void;
declare function cpost(...values: unknown[]): void;
declare function error(...values: unknown[]): void;
declare function messnamed(receiver: string, ...values: unknown[]): void;
declare function arrayfromargs(...values: unknown[]): any[];
declare function setinletassist(index: number, text: string): void;
declare function setoutletassist(index: number, text: string): void;
declare function notifyclients(): void;

interface MaxPatcher {
  readonly name: string;
  /** Path of the patcher's file, "" while it was never saved. */
  readonly filepath: string;
  readonly box: MaxBox | null;
  readonly parentpatcher: MaxPatcher | null;
  getnamed(scriptingName: string): MaxBox | null;
  getattr(name: string): unknown;
}

interface MaxBox {
  readonly varname: string;
  readonly maxclass: string;
  /** [left, top, right, bottom]. */
  readonly rect: number[];
  readonly patcher: MaxPatcher;
  message(selector: string, ...values: unknown[]): void;
  getattr(name: string): unknown;
  setattr(name: string, value: unknown): void;
  getvalueof?(): unknown;
}

declare var max: {
  /** Version as hexadecimal text, e.g. "912" for 9.1.2. */
  readonly version: string;
  readonly os: "macintosh" | "windows";
  readonly osversion: string;
  readonly apppath: string;
  readonly isplugin: number;
  launchbrowser(url: string): void;
  /** Red, green, blue, opacity of a theme colour; older versions have none, unknown names are invisible. */
  getcolor?(name: string): number[];
};

/** A dictionary shared by its name with all of Max. */
declare class Dict {
  constructor(name?: string);
  name: string;
  quiet: boolean;
  get(key: string): any;
  set(key: string, ...values: unknown[]): void;
  append(key: string, ...values: unknown[]): void;
  contains(key: string): number;
  remove(key: string): void;
  clear(): void;
  clone(name: string): void;
  /** Names of all keys; one key comes as plain text, none as null. */
  getkeys(): string[] | string | null;
  parse(json: string): void;
  setparse(key: string, json: string): void;
  stringify(): string;
  freepeer(): void;
}

/** Max's only timer in v8 before 9.2. */
declare class Task {
  constructor(fn: (...args: any[]) => void, self?: unknown, ...args: unknown[]);
  interval: number;
  readonly running: boolean;
  execute(): void;
  schedule(delayMs?: number): void;
  repeat(times?: number, initialDelayMs?: number): void;
  cancel(): void;
  freepeer(): void;
}

/** Properties shared by all v8 objects that name the same Global. */
declare class Global {
  constructor(name: string);
  [key: string]: any;
}

/** Reads and writes Live's objects. Only after live.thisdevice has fired; never new ones per call. */
declare class LiveAPI {
  constructor(callbackOrPath?: ((args: any[]) => void) | string | null, path?: string);
  id: string | number;
  path: string;
  readonly unquotedpath: string;
  mode: 0 | 1;
  property: string;
  readonly type: string;
  readonly info: string;
  readonly children: string[];
  get(property: string): any;
  set(property: string, ...values: unknown[]): void;
  call(fn: string, ...args: unknown[]): any;
  getcount(child: string): number;
  getstring(property: string): string;
  goto(path: string): void;
}

/** Max's File; see the head of this page for how code gets at it. */
interface MaxFile {
  readonly isopen: boolean;
  eof: number;
  position: number;
  readstring(characters: number): string;
  readline(characters?: number): string | null;
  writestring(text: string): void;
  close(): void;
}
interface MaxFileClass {
  new (path: string, access?: "read" | "write" | "readwrite", typelist?: string): MaxFile;
}

/** What every websocket client class we use has in common (Max 9.2's, `ws`, Node 22's). */
interface WebSocketLike {
  onopen: ((event: any) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: { code?: number; reason?: string }) => void) | null;
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}
interface WebSocketClass {
  new (url: string): WebSocketLike;
}

/** The sample memory of a `buffer~`. Channels count from 1, frames from 0. */
interface MaxBuffer {
  /** 0 while there is no `buffer~` of the name. */
  framecount(): number;
  channelcount(): number;
  /** In milliseconds. */
  length(): number;
  /** One sample. */
  peek(channel: number, frame: number): number;
  /** `count` samples as an array; one sample alone where count is 1. */
  peek(channel: number, frame: number, count: number): number | number[];
  poke(channel: number, frame: number, samples: number | ArrayLike<number>): void;
  /** A message to the `buffer~` object. */
  send(selector: string, ...values: MaxAtom[]): void;
  freepeer(): void;
}
interface MaxBufferClass {
  new (name: string): MaxBuffer;
}

interface MaxGlobals {
  File?: MaxFileClass;
  Buffer?: MaxBufferClass;
  WebSocket?: WebSocketClass;
}

/** v8ui's drawing context: a cairo-like state machine. Colours 0..1, sizes in pixels. */
interface MGraphics {
  /** [width, height] of the picture. */
  readonly size: [number, number];
  autofill: 0 | 1;
  relative_coords: 0 | 1;
  init(): void;
  redraw(): void;
  set_source_rgba(red: number, green: number, blue: number, alpha: number): void;
  set_source_rgba(colour: number[]): void;
  set_source_rgb(red: number, green: number, blue: number): void;
  set_line_width(width: number): void;
  set_line_cap(cap: "butt" | "round" | "square"): void;
  set_line_join(join: "miter" | "round" | "bevel"): void;
  set_dash(pattern: number[], offset?: number): void;
  move_to(x: number, y: number): void;
  line_to(x: number, y: number): void;
  rel_move_to(dx: number, dy: number): void;
  rel_line_to(dx: number, dy: number): void;
  curve_to(x1: number, y1: number, x2: number, y2: number, x3: number, y3: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  arc_negative(x: number, y: number, radius: number, from: number, to: number): void;
  ellipse(x: number, y: number, width: number, height: number): void;
  rectangle(x: number, y: number, width: number, height: number): void;
  rectangle_rounded(x: number, y: number, width: number, height: number, ow: number, oh: number): void;
  new_path(): void;
  close_path(): void;
  fill(): void;
  fill_preserve(): void;
  stroke(): void;
  stroke_preserve(): void;
  clip?(): void;
  reset_clip?(): void;
  paint(): void;
  save(): void;
  restore(): void;
  translate(dx: number, dy: number): void;
  scale(sx: number, sy: number): void;
  rotate(radians: number): void;
  identity_matrix(): void;
  select_font_face(family: string, slant?: string, weight?: string): void;
  set_font_size(points: number): void;
  show_text(text: string): void;
  text_path(text: string): void;
  /** [width, height]. */
  text_measure(text: string): [number, number];
  /** [ascent, descent, height, ...]. */
  font_extents(): number[];
  getfontlist?(): string[];
}
declare var mgraphics: MGraphics;
