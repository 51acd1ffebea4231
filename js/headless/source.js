/** Where a device comes from: a path or bytes, spoilt first where a test wants that. */
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { readAmxd } from "./max/amxd.js";
import { mutated } from "./max/device.js";

/**
 * @param {string | Uint8Array} source path or bytes of an .amxd
 * @param {Pick<import("./index.js").AddOptions, "name" | "path" | "mutate">} options
 * @returns {{bytes: Uint8Array, amxd: import("./max/amxd.js").Amxd, kind: string, path: string, name: string}}
 */
export function sourceOf(source, options) {
  const path = typeof source === "string" ? resolve(source) : (options.path ?? "");
  const raw = typeof source === "string" ? readFileSync(path) : source;
  const bytes = options.mutate ? mutated(raw, options.mutate) : raw;
  const amxd = readAmxd(bytes);
  const { kind, name: packed } = amxd;
  return { bytes, amxd, kind, path, name: options.name ?? (basename(path || packed, ".amxd") || "Device") };
}
