/** The global names of a Max: messnamed with its receivers, and Dicts shared by name. Delivery is at once, as in Max. */
export class MaxBus {
  /** @type {Map<string, Set<(...values: any[]) => void>>} */
  #receivers = new Map();
  /** @type {Map<string, Map<string, any>>} */
  dicts = new Map();
  /** Longest text that went through as a symbol. */
  longest = 0;
  /** Everything that was sent, for tests that look for secrets. */
  traffic = [];

  constructor() {
    const bus = this;
    this.Dict = class Dict {
      constructor(name = `u${bus.dicts.size}`) {
        this.name = name;
        if (!bus.dicts.has(name)) bus.dicts.set(name, new Map());
      }
      get #map() {
        return bus.dicts.get(this.name);
      }
      get(key) {
        const value = this.#map.get(key);
        // As Max does: a list of one comes back as the one.
        return Array.isArray(value) && value.length === 1 ? value[0] : (value ?? null);
      }
      set(key, ...values) {
        this.#map.set(key, values.length === 1 ? values[0] : values);
      }
      getkeys() {
        const keys = [...this.#map.keys()];
        // As Max does: one key is no list, and none is nothing.
        return keys.length > 1 ? keys : (keys[0] ?? null);
      }
      remove(key) {
        this.#map.delete(key);
      }
      clear() {
        this.#map.clear();
      }
      freepeer() {}
    };
  }

  /** What Max would refuse: symbols have an end. */
  check(values) {
    for (const value of values) {
      if (typeof value === "string") {
        const bytes = Buffer.byteLength(value);
        this.longest = Math.max(this.longest, bytes);
        if (bytes > 32_767) throw new Error(`A symbol of ${bytes} bytes`);
      } else if (typeof value !== "number") {
        throw new Error(`Max has no ${typeof value} among its atoms`);
      }
    }
  }

  messnamed = (name, ...values) => {
    this.check(values);
    this.traffic.push([name, ...values]);
    for (const receiver of [...(this.#receivers.get(name) ?? [])]) receiver(...values);
  };

  receive(name, fn) {
    const receivers = this.#receivers.get(name) ?? new Set();
    this.#receivers.set(name, receivers.add(fn));
    return () => receivers.delete(fn);
  }
}
