import { Problem } from '../api/problem.js';
import { Coalescer } from '../live/coalescer.js';
import { systemClock } from '../live/clock.js';
import { Store } from './store.js';

const DETAIL_GAP = 1000;

/**
 * The chat that is open, if any.
 * @typedef {object} OpenChat
 * @property {string | null} id
 * @property {'loading' | 'ready' | 'failed'} phase
 * @property {import('../api/types.js').ChatDetail | null} chat
 * @property {import('../api/types.js').TimelineItem[] | null} timeline null where the service did not tell it
 * @property {Problem | null} problem why the last read failed
 */

/** @type {OpenChat} */
const CLOSED = { id: null, phase: 'loading', chat: null, timeline: null, problem: null };

/** Keeps the open chat: reads it when it is opened and whenever something says that it has changed. No other is ever read. */
export class DetailReader {
  #chats;
  #onProblem;
  #again;

  /** @type {Store<OpenChat>} */
  open;

  /**
   * @param {object} parts
   * @param {Pick<import('../api/chats.js').Chats, 'detail' | 'timeline'>} parts.chats
   * @param {(problem: Problem) => void} parts.onProblem
   * @param {import('../live/clock.js').Clock} [parts.clock]
   * @param {import('./store.js').Frame} [parts.frame]
   */
  constructor({ chats, onProblem, clock = systemClock, frame }) {
    this.#chats = chats;
    this.#onProblem = onProblem;
    this.#again = new Coalescer(() => this.#read(), DETAIL_GAP, clock);
    this.open = new Store(CLOSED, frame);
  }

  /** @param {string} id */
  async show(id) {
    if (id === this.open.value.id) return;
    this.open.set({ ...CLOSED, id });
    await this.#read();
  }

  close() {
    this.open.set(CLOSED);
  }

  /** Reads the open chat again, soon. @param {string} [id] only if it is this one */
  refresh(id) {
    const open = this.open.value.id;
    if (open && (id ?? open) === open) this.#again.ask();
  }

  stop() {
    this.#again.stop();
    this.close();
  }

  async #read() {
    const { id } = this.open.value;
    if (!id) return;
    try {
      const [chat, timeline] = await Promise.all([this.#chats.detail(id), this.#timeline(id)]);
      if (this.open.value.id === id && !isSame(this.open.value, chat, timeline)) {
        this.open.set({ id, phase: 'ready', chat, timeline, problem: null });
      }
    } catch (thrown) {
      if (this.open.value.id !== id) return;
      const problem = Problem.from(thrown);
      const keep = this.open.value.phase === 'ready' && problem.status !== 403 && problem.status !== 404;
      this.open.set(keep ? { ...this.open.value, problem } : { id, phase: 'failed', chat: null, timeline: null, problem });
      this.#onProblem(problem);
    }
  }

  /** Without it the chat is still shown, with the steps that its own fields contain. @param {string} id */
  async #timeline(id) {
    try {
      return await this.#chats.timeline(id);
    } catch {
      return null;
    }
  }
}

/**
 * Nothing new must not redraw what somebody reads, selects or has unfolded.
 * @param {OpenChat} open
 * @param {import('../api/types.js').ChatDetail} chat
 * @param {import('../api/types.js').TimelineItem[] | null} timeline
 */
const isSame = (open, chat, timeline) => open.phase === 'ready' && open.problem === null
  && JSON.stringify([open.chat, open.timeline]) === JSON.stringify([chat, timeline]);
