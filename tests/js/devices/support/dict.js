/** A Dict of Max as scripts use it: lists of one come back as the one, one key as plain text. */
export class FakeDict {
  /** @type {Map<string, any[]>} */
  entries = new Map();
  /** How often something was written. */
  writes = 0;

  /** @param {string} key */
  get(key) {
    const value = this.entries.get(key);
    return value?.length === 1 ? value[0] : (value ?? null);
  }

  /** @param {string} key @param {any[]} values */
  set(key, ...values) {
    this.writes += 1;
    this.entries.set(key, values);
  }

  /** @param {string} key */
  remove(key) {
    this.entries.delete(key);
  }

  getkeys() {
    const keys = [...this.entries.keys()];
    return keys.length > 1 ? keys : (keys[0] ?? null);
  }
}
