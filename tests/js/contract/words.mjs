/**
 * What the shipped scripts know: the messages a v8 takes, and every text in it that looks like a method's name.
 *
 * In:  { v8: { name: code }, node: { name: code } }
 * Out: { messages: { name: [...] }, ports: { name: [inlets, outlets] }, methods: { name: [...] } }
 */
import { transform } from "../../../js/node_modules/esbuild/lib/main.js";
import { v8 } from "./max_v8.js";
import { say, told } from "./talk.js";

const scripts = told();

/** Texts of the form namespace.verb; not those in comments, which a compiler takes out. @param {string} code */
async function dotted(code) {
  const bare = await transform(code, { minify: true, legalComments: "none", charset: "utf8", target: "es2022" });
  return [...new Set([...bare.code.matchAll(/(["'`])([a-z]+\.[a-z_]+)\1/g)].map((match) => match[2]))];
}

/** @type {Record<string, any>} */
const answer = { messages: {}, ports: {}, methods: {} };
for (const [name, code] of Object.entries(scripts.v8)) {
  const { messages, inlets, outlets } = v8(String(code));
  answer.messages[name] = Object.keys(messages);
  answer.ports[name] = [inlets, outlets];
}
for (const [name, code] of Object.entries({ ...scripts.v8, ...scripts.node })) {
  answer.methods[name] = await dotted(String(code));
}
say(answer);
