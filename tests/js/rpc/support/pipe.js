/** A pipe whose other end the test holds. */
export class FakePipe {
  onOpen = null;
  onText = null;
  onClose = null;
  onNotice = null;
  sent = [];
  closed = false;
  opened = false;
  checks = 0;
  needs = 0;
  broken = false;

  constructor(token) {
    if (token !== undefined) this.token = token;
  }

  open() {
    this.opened = true;
  }

  send(text) {
    if (this.broken) throw new Error("broken");
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  check() {
    this.checks += 1;
  }

  need() {
    this.needs += 1;
  }

  /** The engine says something. */
  says(message) {
    this.onText(JSON.stringify(message));
  }

  /** Opens, and answers the hello. */
  welcome(result = { protocol: 1, engine: "0.1.0", methods: [], session: "s1" }) {
    this.onOpen();
    this.says({ jsonrpc: "2.0", id: "hello", result });
  }

  /** Calls that arrived, without the hello. */
  get calls() {
    return this.sent.filter(({ method }) => method !== "session.hello");
  }

  breaks(code = 1006, words = "") {
    this.onClose(code, words);
  }
}
