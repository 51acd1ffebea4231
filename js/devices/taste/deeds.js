/**
 * What the button does with the profiles, one deed for each entry of the Action menu: what it asks of the engine, what it
 * says afterwards, and what is chosen under it. Two of them cannot be taken back, so they are pressed twice.
 */
import { LiveRefusal } from "../../live/errors.js";
import { counted } from "../shared/sentences.js";
import { folderName } from "../shared/system_path.js";

/** @typedef {import("./menu.js").Row} Row */

/** A taste profile, as far as devices use it. @typedef {{id: string, name: string, in_use: boolean}} Profile */
/** @typedef {{snapshot: number, name: string, why: string, rewards: number, made: string}} Snapshot */

/**
 * What is known when the button is pressed.
 * @typedef {object} Known
 * @property {string} name that was typed, "" for none
 * @property {Row|null} target what is chosen under the action
 * @property {Profile|null} mine the profile in use
 */

/**
 * What a press asks of the engine, one request after the other.
 * @typedef {object} Deed
 * @property {string} method
 * @property {Record<string, unknown>} params
 * @property {boolean} again whether asking twice does no harm
 * @property {(reply: any) => string} words
 * @property {string} [why] what only helps who wonders about them
 * @property {(reply: any) => Deed} [next] what is asked next; its words are said
 */

/**
 * @typedef {object} Action
 * @property {string} button
 * @property {string} doing while it is under way
 * @property {"nothing"|"kinds"|"snapshots"|"others"} targets what is chosen under the action
 * @property {"open"|"save"} [file] the window in which a file is picked first
 * @property {(known: Known, path: string) => Deed} deed throws LiveRefusal where something is missing
 * @property {(known: Known) => string} [warning] what a second press confirms
 */

/** Whose a new profile is. @type {readonly Row[]} */
export const KINDS = [
  { key: "user", text: "For me" },
  { key: "project", text: "For a project" },
  { key: "artist", text: "For an artist name" },
];

/** Methods after which the Set keeps another profile, or none. */
export const USE = "taste.profile_use";
export const FORGET = "taste.forget_all";

const ENDING = ".json";

/** @param {string} name */
export const quoted = (name) => `"${name}"`;

/** @param {Known} known @param {string} refusal @returns {Row} */
function chosen({ target }, refusal) {
  if (target === null) throw new LiveRefusal(refusal);
  return target;
}

/** The profile that is shown is meant, whatever another client puts to use meanwhile. @param {Known} known @returns {{profile?: string}} */
const shown = ({ mine }) => (mine === null ? {} : { profile: mine.id });

/** @param {{takes: number, rewards: number}} moved */
const brought = ({ takes, rewards }) => `${counted(takes, "take")}, ${counted(rewards, "rating")}`;

/** @param {string} profile id @returns {Omit<Deed, "words">} */
const using = (profile) => ({ method: USE, params: { profile }, again: true });

/** @param {Row} profile to put to use @returns {Deed} */
export const useDeed = ({ key }) => ({ ...using(key), words: ({ name }) => `Learns for ${quoted(name)} from now on` });

/** @type {Readonly<Record<string, Action>>} */
export const ACTIONS = {
  snapshot: {
    button: "Take snapshot",
    doing: "Keeping ...",
    targets: "nothing",
    deed: (known) => ({
      method: "taste.snapshot",
      params: { name: known.name, ...shown(known) },
      again: false,
      words: ({ rewards }) =>
        `Kept ${known.mine === null ? "the profile" : quoted(known.mine.name)} as it is: ${counted(rewards, "rating")}`,
    }),
  },
  roll_back: {
    button: "Roll back",
    doing: "Rolling back ...",
    targets: "snapshots",
    deed: (known) => {
      const { key, text } = chosen(known, "No snapshot to go back to: take one first");
      return {
        method: "taste.roll_back",
        params: { snapshot: Number(key), ...shown(known) },
        again: false,
        words: () => `Back to ${text}`,
        why: "The newest snapshot leads forward again",
      };
    },
  },
  new: {
    button: "New profile",
    doing: "Making a profile ...",
    targets: "kinds",
    deed: ({ name, target }) => {
      if (name === "") throw new LiveRefusal("Type a name for the new profile first");
      return {
        method: "taste.profile_new",
        params: { name, kind: target?.key ?? "user" },
        again: false,
        words: () => "",
        next: ({ id }) => ({ ...using(id), words: () => `Learns for ${quoted(name)} from now on: rate away` }),
      };
    },
  },
  merge: {
    button: "Merge in",
    doing: "Merging ...",
    targets: "others",
    deed: (known) => {
      const { key, text } = chosen(known, "No other profile to merge in: import one, or make a new one");
      return {
        method: "taste.merge",
        params: { source: key, into: known.mine?.id },
        again: true,
        words: (moved) =>
          moved.takes + moved.rewards === 0
            ? `All of ${quoted(text)} is here already`
            : `Merged in ${quoted(text)}: ${brought(moved)}`,
      };
    },
  },
  export: {
    button: "Export ...",
    doing: "Exporting ...",
    targets: "nothing",
    file: "save",
    deed: (known, path) => {
      const named = path.toLowerCase().endsWith(ENDING);
      return {
        method: "taste.export",
        // Max's window has asked about a file of that name, but not of the one with the ending.
        params: { path: named ? path : `${path}${ENDING}`, replace: named, ...shown(known) },
        again: true,
        words: (file) => `Exported ${quoted(file.profile)} to ${folderName(file.path)}: ${brought(file)}`,
      };
    },
  },
  import: {
    button: "Import ...",
    doing: "Importing ...",
    targets: "nothing",
    file: "open",
    deed: ({ name }, path) => ({
      method: "taste.import",
      params: { path, ...(name === "" ? {} : { name }) },
      again: false,
      words: ({ profile, takes }) =>
        `Imported ${quoted(profile.name)}, ${counted(takes, "take")}: choose it under Profile`,
      why: "Or merge it into the one in use: choose Merge under Action",
    }),
  },
  delete: {
    button: "Delete",
    doing: "Deleting ...",
    targets: "others",
    deed: (known) => {
      const { key, text } = chosen(known, "The only profile cannot be deleted: Forget all empties it");
      return {
        method: "taste.profile_delete",
        params: { profile: key },
        again: false,
        words: () => `Deleted ${quoted(text)}`,
      };
    },
    warning: ({ target }) =>
      `Press again to delete ${quoted(target?.text ?? "")} with all its ratings: there is no way back`,
  },
  forget_all: {
    button: "Forget all",
    doing: "Forgetting ...",
    targets: "nothing",
    deed: () => ({
      method: FORGET,
      params: { sure: true },
      again: true,
      words: () => "Forgot every profile, take and rating. The music in your Sets stays",
    }),
    warning: () => "Press again to forget every profile, take and rating: there is no way back",
  },
};

/** What a snapshot is called that nobody named, by why it was kept. @type {Readonly<Record<string, string>>} */
const WHY = {
  day: "Day began",
  import: "Before import",
  merge: "Before merge",
  "roll back": "Before roll back",
  "macro map reset": "Before reset",
};

/** @param {Snapshot} snapshot @returns {Row} */
export const snapshotRow = ({ snapshot, name, why, made, rewards }) => ({
  key: String(snapshot),
  text: `${name || (WHY[why] ?? "Snapshot")}, ${moment(made)}, ${counted(rewards, "rating")}`,
});

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** @param {string} iso @returns {string} "21 Nov 14:05", by the clock of this computer */
function moment(iso) {
  const date = new Date(iso);
  const time = [date.getHours(), date.getMinutes()].map((each) => String(each).padStart(2, "0")).join(":");
  return `${date.getDate()} ${MONTHS[date.getMonth()]} ${time}`;
}
