const MOST = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The shoppers that this page has seen, so that one can be chosen by name. */
export class Profiles {
  /** @type {Map<string, string>} id → label */
  #labels = new Map();

  /** @param {import('../api/types.js').ChatRow} row */
  saw({ profile_id: id, profile_summary: summary }) {
    this.#labels.delete(id);
    this.#labels.set(id, labelOf(id, summary?.name));
    if (this.#labels.size > MOST) {
      const [oldest] = this.#labels.keys();
      this.#labels.delete(oldest);
    }
  }

  get labels() {
    return [...this.#labels.values()].sort((a, b) => a.localeCompare(b));
  }

  /** @param {string} id */
  label(id) {
    return this.#labels.get(id) ?? id;
  }

  /**
   * The profile that a text stands for.
   * @param {string} text a label, or an id
   * @returns {string | null} '' for none; null where it is neither
   */
  find(text) {
    const wanted = text.trim();
    if (wanted === '' || UUID.test(wanted.toLowerCase())) return wanted.toLowerCase();
    for (const [id, label] of this.#labels) if (label === wanted) return id;
    return null;
  }
}

/** Two shoppers may have one name: the end of the id (the random part) parts them. @param {string} id @param {string | null | undefined} name */
const labelOf = (id, name) => (name ? `${name} · ${id.slice(-6)}` : id);
