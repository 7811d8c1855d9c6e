import { systemClock } from './clock.js';

/**
 * What tabs say about who leads.
 * @typedef {{ type: 'claim' | 'leader' | 'gone', id: number, seized?: boolean }} ElectionMessage
 * @typedef {'away' | 'candidate' | 'follower' | 'leader'} Role
 */

/** A leader answers at once, also from a hidden tab: messages are not throttled as timers are. */
const ANSWER_WITHIN = 500;

/**
 * Elects one of many tabs over a channel, where the browser has no locks (plain HTTP by host name): a tab that gets no answer leads; of
 * tabs that ask at the same time the one with the lowest number. A leader that closes says so; one that crashed is found out by its
 * silence, and another seizes the lead.
 */
export class ChannelElection {
  #channel;
  #listener;
  #clock;
  #id;
  /** @type {Role} */
  #role = 'away';
  /** @type {number | null} */
  #timer = null;

  /**
   * @param {(onMessage: (message: ElectionMessage) => void) => { post: (message: ElectionMessage) => void, close: () => void }} channel
   * @param {{ onElected: () => void, onDeposed: () => void }} listener
   * @param {import('./clock.js').Clock} [clock]
   * @param {() => number} [random]
   */
  constructor(channel, listener, clock = systemClock, random = Math.random) {
    this.#listener = listener;
    this.#clock = clock;
    this.#id = random();
    this.#channel = channel((message) => this.#heard(message));
  }

  /** Asks who leads, and leads if no answer comes. */
  join() {
    this.#become('candidate');
    this.#say('claim');
    this.#timer = this.#clock.after(() => this.#lead(false), ANSWER_WITHIN);
  }

  /** Takes the lead from a tab that does not answer any more. */
  seize() {
    if (this.#role !== 'leader') this.#lead(true);
  }

  leave() {
    if (this.#role === 'leader') this.#say('gone');
    this.#become('away');
    this.#channel.close();
  }

  /** @param {boolean} seized */
  #lead(seized) {
    this.#become('leader');
    this.#say('leader', seized);
    this.#listener.onElected();
  }

  /** @param {ElectionMessage} message */
  #heard({ type, id, seized = false }) {
    if (this.#role === 'away') return;
    if (type === 'gone') {
      if (this.#role === 'follower') this.join();
    } else if (type === 'claim') {
      if (this.#role === 'leader') this.#say('leader');
      else if (this.#role === 'candidate' && id < this.#id) this.#become('follower');
      else if (this.#role === 'candidate') this.#say('claim');
    } else if (this.#role !== 'leader') {
      this.#become('follower');
    } else if (seized || id < this.#id) {
      this.#become('follower');
      this.#listener.onDeposed();
    } else {
      this.#say('leader'); // the other one follows
    }
  }

  /** @param {Role} role */
  #become(role) {
    this.#role = role;
    if (this.#timer !== null) this.#clock.cancel(this.#timer);
    this.#timer = null;
  }

  /** @param {ElectionMessage['type']} type @param {boolean} [seized] */
  #say(type, seized = false) {
    this.#channel.post({ type, id: this.#id, seized });
  }
}
