/** @param {string | Uint8Array} _source @param {(version: string) => any} _make @returns {any} */
export function readAls(_source, _make) {
  throw new Error("reading Live Sets follows in the next commit");
}
