import { Chats, TENANT_CHATS } from '../api/chats.js';
import { Client } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { keyOf, SCREEN_SESSION, Sessions } from '../api/sessions.js';
import { StatsReader } from '../api/stats.js';
import { isNight, recallNight, rememberNight } from '../state/night.js';
import { WallReader } from '../state/wall-reader.js';
import { titleOf } from '../views/states.js';
import { WallView } from '../views/wall-view.js';
import { features } from './browser-features.js';
import { startPreferences } from './preferences.js';
import { tenantStream } from './tenant-stream.js';

/** @import { Key } from '../i18n/i18n.js' */

/** What changes without an event, such as how long a chat has waited, is drawn this often, and everything is read again. */
const EVERY = 10_000;

/**
 * A screen on a wall, without a user who could click: after any failure it asks again until it may show numbers.
 */
export class Wall {
  #client = new Client();
  #sessions = new Sessions(this.#client, SCREEN_SESSION);
  #chats = new Chats(this.#client, TENANT_CHATS);
  #night = recallNight(features);
  #view;
  /** @type {{ key: string, reader: WallReader, stop: () => void } | null} */
  #entered = null;
  #asking = false;
  /** Why the link did not work, as long as the screen is not signed in otherwise. @type {Key | null} */
  #linkProblem = null;

  constructor() {
    startPreferences(); // the language is known before anything is written in it
    this.#view = new WallView(this.#night, (night) => {
      this.#night = night;
      rememberNight(features, night);
      this.#draw();
    });
  }

  async start() {
    document.getElementById('console')?.replaceChildren(this.#view.element);
    this.#view.explain('loading');
    await features.try();
    await this.#useLink();
    setInterval(() => this.#tick(), EVERY);
    addEventListener('online', () => void this.#ask());
    await this.#ask();
  }

  /** The code of a link stands behind `#`, where no log and no preview sees it. It is used once, and taken out of the address. */
  async #useLink() {
    const code = location.hash.slice(1);
    if (!code) return;
    features.forgetPlace();
    try {
      await this.#client.send('POST', SCREEN_SESSION, {}, { code });
    } catch (thrown) {
      const problem = Problem.from(thrown);
      this.#linkProblem = problem.status === 404 ? 'wall.link-spent' : titleOf(problem);
    }
  }

  #tick() {
    this.#draw();
    this.#entered?.reader.refresh();
    void this.#ask();
  }

  /** Looks who is signed in, at every turn: a session that ends, and one that begins in another tab, are noticed. */
  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const session = await this.#sessions.current();
      this.#enter(keyOf(session), session.tenant_code ?? '');
    } catch (thrown) {
      this.#onProblem(Problem.from(thrown));
    } finally {
      this.#asking = false;
    }
  }

  /** @param {string} key @param {string} code */
  #enter(key, code) {
    if (this.#entered?.key === key) return;
    this.#leave();
    const reader = new WallReader({
      stats: new StatsReader(this.#client, this.#chats), chats: this.#chats, onProblem: (problem) => this.#onProblem(problem),
    });
    reader.numbers.subscribe(() => this.#draw());
    const stream = tenantStream(this.#client, this.#chats, key, {
      onState: (state) => { if (state === 'signed-out') void this.#ask(); },
      onReady: () => reader.refresh(), onEvent: () => reader.refresh(),
    });
    this.#entered = { key, reader, stop: () => { stream.stop(); reader.stop(); } };
    this.#view.name(code);
    stream.start();
    reader.refresh();
    this.#draw();
  }

  #leave() {
    this.#entered?.stop();
    this.#entered = null;
    this.#view.name('');
  }

  /** An outage keeps the figures; a session that is over takes them away. @param {Problem} problem */
  #onProblem(problem) {
    if (problem.status !== 401 && problem.status !== 403 && this.#entered) return;
    if (problem.status === 401 || problem.status === 403) this.#leave();
    this.#view.explain(problem.status === 401 ? this.#linkProblem ?? 'wall.signed-out' : titleOf(problem));
  }

  #draw() {
    this.#view.dim(isNight(this.#night, new Date().getHours()));
    if (this.#entered) this.#view.render(this.#entered.reader.numbers.value);
  }
}
