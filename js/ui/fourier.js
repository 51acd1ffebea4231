/**
 * The spectrum of a short piece of sound: a radix-2 transform with its tables made once, for drawing at 60 fps. Loops take
 * the tables into constants first: reading a private field costs more than what is done with it.
 */

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
    const [re, im, order, window, size] = [this.#re, this.#im, this.#order, this.#window, this.#size];
    for (let i = 0; i < size; i++) re[order[i]] = samples[i] * window[i];
    im.fill(0);
    this.#transform();
    const [out, scale] = [new Float64Array(size / 2), 4 / size];
    for (let i = 0; i < out.length; i++) out[i] = Math.hypot(re[i], im[i]) * scale;
    return out;
  }

  /**
   * @param {ArrayLike<number>} samples at most half the size; the rest is silence
   * @returns {Float64Array} autocorrelation at lags 0 to size/2
   */
  autocorrelation(samples) {
    const [re, im, order, size] = [this.#re, this.#im, this.#order, this.#size];
    for (let i = 0; i < size; i++) re[order[i]] = i < samples.length ? samples[i] : 0;
    im.fill(0);
    this.#transform();
    const power = re.map((real, i) => real * real + im[i] * im[i]);
    for (let i = 0; i < size; i++) re[order[i]] = power[i];
    im.fill(0);
    // A power spectrum is even, so that forwards and backwards are one but for the scale.
    this.#transform();
    return re.slice(0, size / 2).map((value) => value / size);
  }

  /** In place; the samples lie in bit-reversed order. */
  #transform() {
    const [re, im, cos, sin, size] = [this.#re, this.#im, this.#cos, this.#sin, this.#size];
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let i = 0, k = 0; i < half; i++, k += step) {
          const a = start + i;
          const b = a + half;
          const real = re[b] * cos[k] + im[b] * sin[k];
          const imaginary = im[b] * cos[k] - re[b] * sin[k];
          re[b] = re[a] - real;
          im[b] = im[a] - imaginary;
          re[a] += real;
          im[a] += imaginary;
        }
      }
    }
  }
}
