/** XML of a Live Set as a small tree: names, attributes, children; texts between tags carry nothing we need. */
import { SaxesParser } from "saxes";

export class Node {
  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   */
  constructor(name, attributes) {
    this.name = name;
    this.attributes = attributes;
    /** @type {Node[]} */
    this.children = [];
  }

  /**
   * The first node at a path of names ("DeviceChain/Mixer/Tempo"), or null.
   *
   * @param {string} path
   * @returns {Node | null}
   */
  at(path) {
    /** @type {Node | undefined} */
    let node = this;
    for (const name of path.split("/")) node = node?.children.find((child) => child.name === name);
    return node ?? null;
  }

  /**
   * Children of the node at a path; none when it is not there.
   *
   * @param {string} path
   * @returns {readonly Node[]}
   */
  list(path) {
    return this.at(path)?.children ?? [];
  }

  /**
   * The `Value` attribute at a path, "" when there is none.
   *
   * @param {string} path
   */
  text(path) {
    return this.at(path)?.attributes.Value ?? "";
  }

  /**
   * @param {string} path
   * @param {number} otherwise when the value is missing or no number
   */
  number(path, otherwise) {
    return toNumber(this.at(path)?.attributes.Value, otherwise);
  }

  /** @param {string} path @param {boolean} [otherwise] */
  flag(path, otherwise = false) {
    const value = this.text(path);
    return value === "" ? otherwise : value === "true";
  }
}

/** @param {string | undefined} text @param {number} otherwise */
export function toNumber(text, otherwise) {
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : otherwise;
}

/**
 * Parse a whole document.
 *
 * @param {string} xml
 * @returns {Node} the root element
 * @throws {Error} not well formed; the message names line and column
 */
export function parseXml(xml) {
  const top = new Node("", {});
  const open = [top];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const node = new Node(name, /** @type {Record<string, string>} */ (attributes));
    open[open.length - 1].children.push(node);
    open.push(node);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(xml).close();
  return top.children[0];
}
