// What stands in for the browser in these tests.

/** A clock that stands still until it is moved; timers run in order. */
export class FakeClock {
  #now = 1_000_000;
  #timers = new Map();
  #next = 1;

  now = () => this.#now;

  after = (run, wait) => {
    this.#timers.set(this.#next, { run, at: this.#now + wait });
    return this.#next++;
  };

  cancel = (timer) => this.#timers.delete(timer);

  get waiting() {
    return this.#timers.size;
  }

  /** Moves on, and lets promises settle after each timer. */
  async pass(milliseconds) {
    await settle(); // what was begun before has set its timers
    const end = this.#now + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.#now = due[1].at;
      due[1].run();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets everything that waits for resolved promises run. */
export async function settle() {
  for (let n = 0; n < 20; n++) await Promise.resolve();
}

/** An `EventSource` that a test drives. */
export class FakeSource {
  readyState = 0;
  closed = false;
  #listeners = new Map();

  addEventListener(name, listener) {
    this.#listeners.set(name, listener);
  }

  close() {
    this.closed = true;
    this.readyState = 2;
  }

  say(name, data = '') {
    this.#listeners.get(name)?.({ data });
  }

  fail(readyState) {
    this.readyState = readyState;
    this.#listeners.get('error')?.({});
  }
}

/** Web Locks of one browser. */
export class FakeLocks {
  #held = new Map();
  #queues = new Map();

  request(name, options, callback) {
    return new Promise((resolve, reject) => {
      const entry = { callback, resolve, reject };
      if (options.steal) {
        this.#held.get(name)?.reject(new DOMException('stolen', 'AbortError'));
        this.#hold(name, entry);
        return;
      }
      options.signal?.addEventListener('abort', () => {
        const queue = this.#queues.get(name) ?? [];
        if (queue.includes(entry)) {
          queue.splice(queue.indexOf(entry), 1);
          reject(new DOMException('aborted', 'AbortError'));
        }
      });
      if (this.#held.has(name)) this.#queues.set(name, [...(this.#queues.get(name) ?? []), entry]);
      else this.#hold(name, entry);
    });
  }

  #hold(name, entry) {
    this.#held.set(name, entry);
    void Promise.resolve(entry.callback({ name })).then((value) => {
      if (this.#held.get(name) !== entry) return; // stolen meanwhile
      this.#held.delete(name);
      entry.resolve(value);
      const next = this.#queues.get(name)?.shift();
      if (next) this.#hold(name, next);
    });
  }
}

/** BroadcastChannels of one browser: what one posts, the others hear. */
export class FakeAir {
  #channels = new Set();

  channel(onMessage) {
    const channel = {
      post: (message) => {
        for (const other of [...this.#channels]) if (other !== channel) queueMicrotask(() => other.heard(structuredClone(message)));
      },
      close: () => this.#channels.delete(channel),
      heard: onMessage,
    };
    this.#channels.add(channel);
    return channel;
  }
}

/** Frames that come when the test says so. */
export class FakeFrames {
  #waiting = [];

  frame = (run) => this.#waiting.push(run);

  paint() {
    for (const run of this.#waiting.splice(0)) run();
  }
}

export const row = (id, more = {}) => ({
  chat_id: id, profile_id: 'p', profile_summary: null, prompt: 'Dinner?', status: 'completed', last_error: null,
  created_at: '2026-04-23T05:28:08Z', updated_at: '2026-04-23T05:30:00Z', ended_at: null, ...more,
});

export const pageOf = (items, total = items.length, page = 0) => ({ items, total, page, size: 20 });
