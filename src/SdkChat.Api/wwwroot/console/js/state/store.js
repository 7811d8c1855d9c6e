/** Runs something once before the next frame is painted. */
/** @typedef {(run: () => void) => void} Frame */

/** @type {Frame} */
const animationFrame = (run) => { requestAnimationFrame(run); };

/**
 * A value, and those who want to know that it changed. However many changes a frame brings, each of them is told once.
 * @template T
 */
export class Store {
  #value;
  #frame;
  #planned = false;
  /** @type {Set<(value: T) => void>} */
  #listeners = new Set();

  /**
   * @param {T} value
   * @param {Frame} [frame]
   */
  constructor(value, frame = animationFrame) {
    this.#value = value;
    this.#frame = frame;
  }

  get value() {
    return this.#value;
  }

  /** @param {T} value the same object again changes nothing */
  set(value) {
    if (value === this.#value) return;
    this.#value = value;
    this.touch();
  }

  /** @param {Partial<T>} part */
  patch(part) {
    this.set({ ...this.#value, ...part });
  }

  /** Tells the listeners, for instance after the language has changed. */
  touch() {
    if (this.#planned) return;
    this.#planned = true;
    this.#frame(() => {
      this.#planned = false;
      for (const listener of [...this.#listeners]) listener(this.#value);
    });
  }

  /**
   * @param {(value: T) => void} listener
   * @returns {() => void} ends it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
