/**
 * Sends only what is new, so that an idle device is silent.
 *
 * @template {unknown[]} T
 * @param {(...values: T) => void} send
 * @returns {(...values: T) => void}
 */
export function onlyNews(send) {
  let last = "";
  return (...values) => {
    const now = JSON.stringify(values);
    if (now === last) return;
    last = now;
    send(...values);
  };
}
