import { systemClock } from './clock.js';
import { isConnection } from './connection.js';
import { Watchdog } from './watchdog.js';

/** The leader passes every ping on, so a silence of this length means that it hangs. */
const SILENCE = 65_000;
const ANSWER_WITHIN = 5_000;

/** @import { TabMessage } from './tab-channel.js' */

/**
 * The tenant's stream, held by one of the browser's tabs and heard by all: browsers allow six connections to an origin, and
 * six dashboards would leave none for anything else.
 */
export class SharedStream {
  #election;
  #channel;
  #makeStream;
  #listener;
  #clock;
  #silence;
  /** @type {import('./event-stream.js').EventStream | null} */
  #stream = null;
  /** @type {import('./connection.js').Connection} */
  #state = 'connecting';
  /** @type {number | null} */
  #asked = null;

  /**
   * @param {object} parts
   * @param {(listener: { onElected: () => void, onDeposed: () => void }) =>
   *   Pick<import('./election.js').Election, 'join' | 'seize' | 'leave'>} parts.election
   * @param {(onMessage: (message: TabMessage) => void) => Pick<import('./tab-channel.js').TabChannel, 'post' | 'close'>} parts.channel
   * @param {(listener: import('./event-stream.js').StreamListener) => import('./event-stream.js').EventStream} parts.stream
   * @param {Omit<import('./event-stream.js').StreamListener, 'onPing'>} parts.listener
   * @param {import('./clock.js').Clock} [parts.clock]
   */
  constructor({ election, channel, stream, listener, clock = systemClock }) {
    this.#makeStream = stream;
    this.#listener = listener;
    this.#clock = clock;
    this.#silence = new Watchdog(SILENCE, () => this.#askLeader(), clock);
    this.#channel = channel((message) => this.#heard(message));
    this.#election = election({ onElected: () => this.#lead(), onDeposed: () => this.#follow() });
  }

  start() {
    this.#listener.onState('connecting');
    this.#election.join();
    this.#channel.post({ type: 'hello' });
    this.#silence.feed();
  }

  stop() {
    this.#rest();
    this.#stream?.stop();
    this.#stream = null;
    this.#election.leave();
    this.#channel.close();
  }

  hurry() {
    this.#stream?.hurry();
  }

  #rest() {
    this.#silence.stop();
    this.#answered();
  }

  #answered() {
    if (this.#asked !== null) this.#clock.cancel(this.#asked);
    this.#asked = null;
  }

  #lead() {
    this.#rest();
    this.#stream = this.#makeStream({
      onState: (state) => {
        this.#state = state;
        this.#channel.post({ type: 'state', state });
        this.#listener.onState(state);
      },
      onReady: () => {
        this.#channel.post({ type: 'ready' });
        this.#listener.onReady();
      },
      onPing: () => this.#channel.post({ type: 'ping' }),
      onEvent: (name, data) => {
        this.#channel.post({ type: 'event', name, data });
        this.#listener.onEvent(name, data);
      },
    });
    this.#stream.start();
  }

  #follow() {
    this.#stream?.stop();
    this.#stream = null;
    this.start();
  }

  /** @param {TabMessage} message */
  #heard(message) {
    if (this.#stream) {
      if (message.type === 'hello') this.#channel.post({ type: 'state', state: this.#state });
      return;
    }
    if (message.type === 'hello') return; // another follower's: it says nothing about the leader
    this.#answered();
    this.#silence.feed();
    switch (message.type) {
      case 'state':
        if (isConnection(message.state)) this.#listener.onState(message.state === 'live' ? 'shared' : message.state);
        break;
      case 'ready': this.#listener.onReady(); break;
      case 'event': this.#listener.onEvent(message.name, message.data); break;
    }
  }

  #askLeader() {
    this.#channel.post({ type: 'hello' });
    this.#asked = this.#clock.after(() => {
      this.#asked = null;
      this.#listener.onState('reconnecting');
      this.#election.seize();
    }, ANSWER_WITHIN);
  }
}
