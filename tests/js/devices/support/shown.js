/** What a device shows, as its face sends it, for devices that get their face handed in. */

/** @param {string} dict name of the Dict that the picture reads */
export function fakeScreen(dict) {
  /** @type {any[][]} */
  const sent = [];
  let json = "";
  const status = () => sent.findLast(([index, word]) => index === 0 && word === "status")?.slice(2) ?? [];
  return {
    sent,
    /** For a face. */
    outside: {
      outlet: (/** @type {any[]} */ ...values) => sent.push(values),
      writeDict: (/** @type {string} */ text) => {
        json = text;
        return dict;
      },
    },
    /** What lies in the Dict; "" for nothing yet. */
    json: () => json,
    state: () => String(status()[0] ?? ""),
    words: () => String(status()[1] ?? ""),
    why: () => String(status()[2] ?? ""),
  };
}
