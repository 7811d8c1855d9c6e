import { NO_FILTER } from '../api/chats.js';
import { Problem } from '../api/problem.js';
import { systemClock } from '../live/clock.js';
import { Coalescer } from '../live/coalescer.js';
import { Store } from './store.js';

/** @import { ChatRow, Counts, Page, Shopper } from '../api/types.js' */
/** @import { ShopperPlace } from '../app/shopper-route.js' */

/** At most one read in this time, however many events ask for it. */
export const SHOPPER_GAP = 2_000;

/**
 * The shopper that is shown, if any; null is not known.
 * @typedef {object} OpenShopper
 * @property {ShopperPlace | null} place
 * @property {Shopper | null} shopper
 * @property {Counts | null} counts of all their chats
 * @property {Page<ChatRow> | null} chats a page of them
 * @property {Problem | null} problem why the last read failed
 */

const NOTHING = { shopper: null, counts: null, chats: null, problem: null };

/** Keeps what is shown of a shopper. */
export class ShopperReader {
  #shoppers;
  #chats;
  #onProblem;
  #onRead;
  #again;
  /** @type {Store<OpenShopper>} */
  open;

  /**
   * @param {object} parts
   * @param {Pick<import('../api/shoppers.js').Shoppers, 'find'>} parts.shoppers
   * @param {Pick<import('../api/chats.js').Chats, 'at' | 'page' | 'counts'>} parts.chats
   * @param {(problem: Problem) => void} parts.onProblem
   * @param {() => void} [parts.onRead] after each read that was answered
   * @param {import('../live/clock.js').Clock} [parts.clock]
   * @param {import('./store.js').Frame} [parts.frame]
   */
  constructor({ shoppers, chats, onProblem, onRead = () => {}, clock = systemClock, frame }) {
    this.#shoppers = shoppers;
    this.#chats = chats;
    this.#onProblem = onProblem;
    this.#onRead = onRead;
    this.#again = new Coalescer(() => this.#read(), SHOPPER_GAP, clock);
    this.open = new Store(/** @type {OpenShopper} */ ({ place: null, ...NOTHING }), frame);
  }

  /** Shows another shopper, or another page of the same one's chats. @param {ShopperPlace | null} place */
  async show(place) {
    const before = this.open.value.place;
    if (place?.id === before?.id && place?.page === before?.page) return;
    this.open.set(place && place.id === before?.id ? { ...this.open.value, place, chats: null } : { place, ...NOTHING });
    await this.#read();
  }

  /** Reads again, soon. @param {string} [profileId] only if it is this one */
  refresh(profileId) {
    const { place } = this.open.value;
    if (place && (profileId ?? place.id) === place.id) this.#again.ask();
  }

  stop() {
    this.#again.stop();
    this.open.set({ place: null, ...NOTHING });
  }

  async #read() {
    const { place } = this.open.value;
    if (!place) return;
    const filter = { ...NO_FILTER, profileId: place.id };
    try {
      const [shopper, counts, chats] = await Promise.all([
        this.#shoppers.find(place.id), this.#chats.counts(filter), this.#chats.page(this.#chats.at(filter, place.page)),
      ]);
      if (this.open.value.place !== place) return;
      this.open.set({ place, shopper, counts, chats: chats.data, problem: null });
      this.#onRead();
    } catch (thrown) {
      this.#failed(place, thrown);
    }
  }

  /** What was read stays, except where it may not be seen any more, or is gone. @param {ShopperPlace} place @param {unknown} thrown */
  #failed(place, thrown) {
    if (this.open.value.place !== place) return;
    const problem = Problem.from(thrown);
    const isOver = problem.status === 403 || problem.status === 404;
    this.open.set(isOver ? { place, ...NOTHING, problem } : { ...this.open.value, problem });
    this.#onProblem(problem);
  }
}
