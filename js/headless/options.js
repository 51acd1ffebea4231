/** What a headless Live is opened with, and what a device is added with. */

/**
 * @typedef {import("./live/model/track.js").Track} Track
 * @typedef {import("./live/model/rack.js").Chain} Chain
 *
 * `set`: the Set to work in (an empty default one when left out). `max`: Max's version, "9.1" or "9.2".
 * `env`: environment of node.script processes, over this process's own. `strict`: throw Max's complaints.
 * `time`: "virtual" for time that only `advance` moves. `jitter`: lateness of Max's queues, ms.
 * `createMGraphics`: drawing surface of v8ui (the renderer's own when left out, none when null). `sampleRate`: of
 * all sound, 44,100 when left out. `unseen`: as with Device View closed, a picture is drawn when somebody looks at it
 * (or presses into it), not each time it has changed.
 * @typedef {{set?: import("./live/set.js").LiveSet, max?: string, env?: Record<string, string>, strict?: boolean,
 *   time?: "real" | "virtual", jitter?: import("./max/scheduler.js").Jitter,
 *   createMGraphics?: import("./max/world.js").SurfaceMaker | null,
 *   themeColors?: Record<string, number[]>, sampleRate?: number, unseen?: boolean}} OpenOptions
 *
 * `track`: index in the Set, or a Track or Chain. `index`: place among its devices, -1 at the end. `stored`:
 * values saved with the Set, by long name. `select`: false leaves the selection alone, as when a Set is opened.
 * `mutate` changes the parsed patcher (and packed files), which is then written to bytes again before loading.
 * `trace` sees each message on its way, from the first one on.
 * @typedef {{track?: number | Track | Chain, index?: number, stored?: Record<string, any>, enabled?: boolean,
 *   name?: string, path?: string, select?: boolean, trace?: import("./max/device.js").Device["trace"],
 *   mutate?: (patcher: any, amxd: import("./max/amxd.js").Amxd) => void}} AddOptions
 */

export {};
