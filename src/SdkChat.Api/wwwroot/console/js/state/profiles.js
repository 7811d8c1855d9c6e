const MOST = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The shoppers that this page has seen, so that one can be chosen by name. */
export class Profiles {
  /** @type {Map<string, string>} id → label */
  #labels = new Map();
  /** @type {Map<string, string>} id → name; '' where the profile has none */
  #names = new Map();

  /** @param {import('../api/types.js').ChatRow} row */
  saw({ profile_id: id, profile_summary: summary }) {
    this.#labels.delete(id);
    this.#labels.set(id, labelOf(id, summary?.name));
    this.#names.set(id, summary?.name?.trim() ?? '');
    if (this.#labels.size > MOST) {
      const [oldest] = this.#labels.keys();
      this.#labels.delete(oldest);
      this.#names.delete(oldest);
    }
  }

  get labels() {
    return [...this.#labels.values()].sort((a, b) => a.localeCompare(b));
  }

  /** @param {string} id */
  label(id) {
    return this.#labels.get(id) ?? id;
  }

  /** @param {string} id @returns {string} '' where the name is not known */
  name(id) {
    return this.#names.get(id) ?? '';
  }

  /** @param {string} id */
  has(id) {
    return this.#labels.has(id);
  }

  /**
   * The profiles that a text stands for: all of that name, else all whose name contains it.
   * @param {string} text a label, a name, or an id
   * @returns {string[]} [''] for an empty text, which means all chats; an id as it is, seen or not
   */
  find(text) {
    const wanted = fold(text);
    if (wanted === '' || UUID.test(wanted)) return [wanted];
    for (const [id, label] of this.#labels) if (fold(label) === wanted) return [id];
    const names = [...this.#names].map(([id, name]) => /** @type {const} */ ([id, fold(name)]));
    const same = names.filter(([, name]) => name === wanted);
    return (same.length ? same : names.filter(([, name]) => name.includes(wanted))).map(([id]) => id);
  }
}

/** As people compare names: width, case and composition make no difference. @param {string} text */
const fold = (text) => text.normalize('NFKC').trim().toLowerCase();

/** Two shoppers may have one name: the end of the id (the random part) parts them. @param {string} id @param {string | null | undefined} name */
const labelOf = (id, name) => (name ? `${name} · ${id.slice(-6)}` : id);
