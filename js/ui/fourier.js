/** The spectrum of a short piece of sound: a radix-2 transform with its tables made once, for drawing at 60 fps. */

export class Fourier {
  #size;
  #cos;
  #sin;
  #order;
  #window;
  #re;
  #im;

  /** @param {number} size samples, a power of two */
  constructor(size) {
    if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`${size} is no power of two`);
    this.#size = size;
    this.#cos = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.#sin = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size));
    this.#window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
    this.#order = new Uint32Array(size);
    for (let i = 1; i < size; i++) this.#order[i] = (this.#order[i >> 1] >> 1) | (i & 1 ? size >> 1 : 0);
    this.#re = new Float64Array(size);
    this.#im = new Float64Array(size);
  }

  get size() {
    return this.#size;
  }

  /**
   * @param {ArrayLike<number>} samples as many as the size
   * @returns {Float64Array} amplitude of each of size/2 bins, under a Hann window; a full-scale sine on a bin is 1
   */
  amplitudes(samples) {
    for (let i = 0; i < this.#size; i++) {
      this.#re[this.#order[i]] = samples[i] * this.#window[i];
      this.#im[this.#order[i]] = 0;
    }
    this.#transform();
    const scale = 4 / this.#size;
    return Float64Array.from({ length: this.#size / 2 }, (_, i) => Math.hypot(this.#re[i], this.#im[i]) * scale);
  }

  /**
   * @param {ArrayLike<number>} samples at most half the size; the rest is silence
   * @returns {Float64Array} autocorrelation at lags 0 to size/2
   */
  autocorrelation(samples) {
    for (let i = 0; i < this.#size; i++) {
      this.#re[this.#order[i]] = i < samples.length ? samples[i] : 0;
      this.#im[this.#order[i]] = 0;
    }
    this.#transform();
    const power = Float64Array.from(this.#re, (re, i) => re * re + this.#im[i] * this.#im[i]);
    for (let i = 0; i < this.#size; i++) {
      this.#re[this.#order[i]] = power[i];
      this.#im[this.#order[i]] = 0;
    }
    // A power spectrum is even, so that forwards and backwards are one but for the scale.
    this.#transform();
    return this.#re.slice(0, this.#size / 2).map((value) => value / this.#size);
  }

  /** In place; the samples lie in bit-reversed order. */
  #transform() {
    const [re, im, size] = [this.#re, this.#im, this.#size];
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let i = 0, k = 0; i < half; i++, k += step) {
          const [a, b] = [start + i, start + i + half];
          const c = this.#cos[k];
          const s = this.#sin[k];
          const real = re[b] * c + im[b] * s;
          const imaginary = im[b] * c - re[b] * s;
          re[b] = re[a] - real;
          im[b] = im[a] - imaginary;
          re[a] += real;
          im[a] += imaginary;
        }
      }
    }
  }
}
