/**
 * A stand-in for the engine, started as "Python" by the Hub under test. Keeps the rules that matter to the Hub: endpoint
 * file, token in the hello, one per user, end with stdin. Methods: any name is echoed; `engine.stop` ends it, `test.die`
 * ends it without an answer, `test.ask` asks the client something, `test.long` answers with a long text.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { WebSocketServer } from "../../../../js/node_modules/ws/wrapper.mjs";

const home = process.env.BANDMATE_HOME;
const file = join(home, "endpoint.json");
const mode = process.argv[2];

if (mode === "broken") {
  process.stderr.write("Traceback ...\nModuleNotFoundError: No module named 'bridge'\n");
  process.exit(1);
}
writeFileSync(join(home, "starts"), `${existsSync(join(home, "starts")) ? readFileSync(join(home, "starts")) : ""}x`);

if (mode === "brief") {
  process.stderr.write("brief\n");
  process.exit(1);
}
if (mode === "mute") {
  setInterval(() => {}, 1000);
  await new Promise(() => {});
}
if (await answers()) process.exit(0);

let looks = 0;
const token = `token-${process.pid}`;
const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
server.on("listening", () => {
  const endpoint = { port: server.address().port, token, pid: process.pid, protocol: 1, started: "", version: "0.1.0" };
  writeFileSync(`${file}.new`, JSON.stringify(endpoint), { mode: 0o600 });
  renameSync(`${file}.new`, file);
});
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    const { id, method, params } = message;
    const reply = (result) => socket.send(JSON.stringify({ jsonrpc: "2.0", id, result }));
    if (method === undefined) {
      socket.asked?.(message);
    } else if (method === "session.hello") {
      if (params.token !== token) socket.close(4401, "Wrong token");
      else reply({ protocol: 1, engine: "0.1.0", methods: [], session: "s1", client: params.client });
    } else if (method === "engine.stop") {
      reply({ stopping: true });
      end();
    } else if (method === "test.looks") {
      reply(looks);
    } else if (method === "engine.log") {
      looks += 1;
      const lines = ["2025-01-01T12:34:56 INFO engine 0.1.0 listens"];
      if (looks > 1) lines.push("2025-01-01T12:34:57 WARNING slow disk");
      reply({ lines });
    } else if (method === "test.die") {
      process.kill(process.pid, "SIGKILL");
    } else if (method === "test.ask") {
      const hub = [...server.clients].find((client) => client.isHub);
      hub.asked = (answer) => reply(answer.error ?? answer.result);
      hub.send(JSON.stringify({ jsonrpc: "2.0", id: "e1", method: params.method, params: params.params }));
    } else if (method === "test.long") {
      reply("é".repeat(params.length));
    } else {
      reply({ method, length: JSON.stringify(params).length });
    }
    if (method === "session.hello") socket.isHub = params.client.kind === "hub";
  });
});

process.stdin.on("end", end);
process.stdin.on("error", end);
process.stdin.resume();
process.on("SIGTERM", end);

function end() {
  try {
    if (JSON.parse(readFileSync(file)).token === token) rmSync(file);
  } catch {}
  process.exit(0);
}

/** Whether another engine listens where the file says. */
async function answers() {
  if (!existsSync(file)) return false;
  const { port } = JSON.parse(readFileSync(file));
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
