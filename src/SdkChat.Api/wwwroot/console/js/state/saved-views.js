const MOST = 30;
export const LONGEST_NAME = 60;

/** @typedef {{ name: string, hash: string }} SavedView `hash` is the address behind `#` */
/** @typedef {{ recall: (key: string) => string | null, remember: (key: string, value: string) => void }} Storage */

/** The views that a person has named, kept in this browser and apart for each sign-in. */
export class SavedViews {
  #storage;
  #key;

  /**
   * @param {Storage} storage
   * @param {string} user who is signed in
   */
  constructor(storage, user) {
    this.#storage = storage;
    this.#key = `sdkchat.views:${user}`;
  }

  /** @returns {SavedView[]} by name; what is stored and is no view is left out */
  get all() {
    return this.#read().sort((a, b) => a.name.localeCompare(b.name));
  }

  /** A name that exists stands for the new view from now on. @param {string} name @param {string} hash */
  save(name, hash) {
    const short = name.trim().slice(0, LONGEST_NAME);
    this.#write([{ name: short, hash }, ...this.#without(short)].slice(0, MOST));
  }

  /** @param {string} name */
  remove(name) {
    this.#write(this.#without(name));
  }

  /** @param {string} name */
  #without(name) {
    return this.#read().filter((view) => view.name !== name);
  }

  /** @returns {SavedView[]} */
  #read() {
    try {
      const stored = JSON.parse(this.#storage.recall(this.#key) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isView).slice(0, MOST) : [];
    } catch {
      return [];
    }
  }

  /** @param {SavedView[]} views */
  #write(views) {
    this.#storage.remember(this.#key, JSON.stringify(views));
  }
}

/** @param {any} value @returns {value is SavedView} */
const isView = (value) => typeof value?.name === 'string' && value.name !== ''
  && typeof value.hash === 'string' && value.hash.startsWith('#/chats');
