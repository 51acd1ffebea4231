/**
 * Max's atoms and messages.
 *
 * An atom is an int (an integral JS number), a float (a fractional JS number, or a {@link MaxFloat} when
 * the value happens to be whole, because `5.` and `5` are different things in Max) or a symbol (string).
 * A message is a selector with arguments; `fromAtoms` puts a bare list of atoms in Max's normal form
 * (`int`, `float`, `list`, `bang`, or the first symbol as selector).
 *
 * @typedef {number | string | MaxFloat} Atom
 * @typedef {{sel: string, args: Atom[]}} Message
 */

/** Longest symbol Max can hold, in characters (a symbol of 32,768 or more is an error). */
export const MAX_SYMBOL = 32767;

/** A float whose value is a whole number. Fractional floats stay plain JS numbers. */
export class MaxFloat {
  /** @param {number} value */
  constructor(value) {
    this.value = value;
  }

  valueOf() {
    return this.value;
  }

  toString() {
    return `${this.value}.`;
  }
}

/**
 * A float atom of this value.
 * @param {number} value
 * @returns {Atom}
 */
export function float(value) {
  return Number.isInteger(value) ? new MaxFloat(value) : value;
}

/**
 * An int atom: the value truncated toward zero, as Max does.
 * @param {number} value
 * @returns {number}
 */
export function int(value) {
  const whole = Math.trunc(value);
  return whole === 0 ? 0 : whole;
}

/**
 * @param {unknown} atom
 * @returns {atom is number | MaxFloat}
 */
export function isNumber(atom) {
  return typeof atom === "number" || atom instanceof MaxFloat;
}

/**
 * @param {unknown} atom
 * @returns {boolean}
 */
export function isFloat(atom) {
  return atom instanceof MaxFloat || (typeof atom === "number" && !Number.isInteger(atom));
}

/**
 * @param {unknown} atom
 * @returns {boolean}
 */
export function isInt(atom) {
  return typeof atom === "number" && Number.isInteger(atom);
}

/**
 * The JS number of a numeric atom; a symbol counts as 0, as Max's atom_getlong does.
 * @param {Atom | undefined} atom
 * @returns {number}
 */
export function num(atom) {
  return isNumber(atom) ? Number(atom) : 0;
}

/**
 * What JS code sees of an atom.
 * @param {Atom} atom
 * @returns {number | string}
 */
export function plain(atom) {
  return atom instanceof MaxFloat ? atom.value : atom;
}

/**
 * Equality as `route` and `select` use it: ints and floats compare by value, symbols by text.
 * @param {Atom} a
 * @param {Atom} b
 * @returns {boolean}
 */
export function sameAtom(a, b) {
  return isNumber(a) && isNumber(b) ? Number(a) === Number(b) : a === b;
}

/**
 * Normal form of a list of atoms.
 * @param {Atom[]} atoms
 * @returns {Message}
 */
export function fromAtoms(atoms) {
  if (atoms.length === 0) return { sel: "bang", args: [] };
  const first = atoms[0];
  if (typeof first === "string") return { sel: first, args: atoms.slice(1) };
  if (atoms.length === 1) return { sel: isInt(first) ? "int" : "float", args: atoms };
  return { sel: "list", args: atoms };
}

/**
 * A message of any selector and arguments, in normal form: `list 5` becomes `int 5`, `list a` becomes `a`,
 * `float 1` becomes `float 1.`.
 * @param {string} sel
 * @param {Atom[]} args
 * @returns {Message}
 */
export function message(sel, args) {
  if (sel === "list") return fromAtoms(args);
  if (sel === "float") return { sel, args: [float(num(args[0]))] };
  if (sel === "int") return { sel, args: [int(num(args[0]))] };
  return { sel, args };
}

/**
 * The atoms of a message, selector included where it is a word of the message.
 * @param {Message} msg
 * @returns {Atom[]}
 */
export function toAtoms(msg) {
  switch (msg.sel) {
    case "int":
    case "float":
    case "list":
      return msg.args;
    default:
      return [msg.sel, ...msg.args];
  }
}

/**
 * Text of an atom as Max prints it (at most six decimals; a whole float keeps its dot).
 * @param {Atom} atom
 * @returns {string}
 */
export function atomText(atom) {
  if (typeof atom === "string") return atom;
  if (isInt(atom)) return String(atom);
  const text = Number(atom)
    .toFixed(6)
    .replace(/\.?0+$/u, "");
  return text.includes(".") || text.includes("e") ? text : `${text}.`;
}

/**
 * Text of a message as `print` shows it.
 * @param {Message} msg
 * @returns {string}
 */
export function messageText(msg) {
  return toAtoms(msg).map(atomText).join(" ");
}

/**
 * One word as an atom: int, float (a dot or an exponent makes it one) or symbol.
 * @param {string} word
 * @returns {Atom}
 */
export function parseWord(word) {
  if (/^[+-]?\d+$/u.test(word)) return int(Number(word));
  if (/^[+-]?(\d+\.\d*|\.\d+)(e[+-]?\d+)?$/iu.test(word)) return float(Number(word));
  if (/^[+-]?\d+e[+-]?\d+$/iu.test(word)) return float(Number(word));
  return word;
}

/**
 * Splits the text of a box into words. Double quotes hold a symbol with blanks together, a backslash takes
 * the next character as it stands; a quoted or escaped word is always a symbol.
 * @param {string} text
 * @returns {Atom[]}
 */
export function parseText(text) {
  /** @type {Atom[]} */
  const atoms = [];
  let word = "";
  let literal = false;
  let quoted = false;
  const flush = () => {
    if (word !== "" || literal) atoms.push(literal ? word : parseWord(word));
    word = "";
    literal = false;
  };
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === "\\" && i + 1 < text.length) {
      i += 1;
      word += text[i];
      literal = true;
    } else if (char === '"') {
      quoted = !quoted;
      literal = true;
    } else if (!quoted && /\s/u.test(char)) {
      flush();
    } else {
      word += char;
    }
  }
  flush();
  return atoms;
}
