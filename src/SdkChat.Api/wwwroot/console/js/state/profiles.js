const MOST = 200;

/** The shoppers that this page has seen, so that one can be chosen where several have one name. */
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
    return this.all.map(({ label }) => label).sort((a, b) => a.localeCompare(b));
  }

  /**
   * Those with a name, since the letters of an id are found by every short text; the last one seen first.
   * @returns {{ id: string, label: string }[]}
   */
  get all() {
    return [...this.#labels].filter(([id]) => this.name(id)).map(([id, label]) => ({ id, label })).reverse();
  }

  /** @param {string} id */
  label(id) {
    return this.#labels.get(id) ?? id;
  }

  /** @param {string} id @returns {string} '' where the name is not known */
  name(id) {
    return this.#names.get(id) ?? '';
  }

  /**
   * The shopper that a text names beyond doubt; everything else is searched by the service.
   * @param {string} text
   * @returns {string | null} the id of one whose label or id it is
   */
  find(text) {
    const wanted = fold(text);
    if (this.#labels.has(wanted)) return wanted;
    for (const [id, label] of this.#labels) if (fold(label) === wanted) return id;
    return null;
  }
}

/** As people compare names: width, case and composition make no difference. @param {string} text */
const fold = (text) => text.normalize('NFKC').trim().toLowerCase();

/**
 * Two shoppers may have one name: the end of the id (the random part) parts them.
 * @param {string} id
 * @param {string | null | undefined} name
 */
const labelOf = (id, name) => (name ? `${name} · ${id.slice(-6)}` : id);
