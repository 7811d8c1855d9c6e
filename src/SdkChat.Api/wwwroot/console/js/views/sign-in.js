import { Problem } from '../api/problem.js';
import { COOKIE_NOT_KEPT } from '../api/sessions.js';
import { h, say } from './dom.js';
import { icon } from './icons.js';

/** @import { SessionInfo } from '../api/types.js' */
/** @import { Key } from '../i18n/i18n.js' */

/** Asks for a token, once; the service keeps it in a cookie that no script can read. */
export class SignInForm {
  #signIn;
  #onDone;
  #token = h('input', { class: 'input', testid: 'sign-in-token', attrs: {
    id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, 'aria-describedby': 'token-hint token-error',
  } });
  #error = h('p', { class: 'field-error', testid: 'sign-in-error', attrs: { id: 'token-error', role: 'alert' } });
  #button = h('button', { class: 'button primary', t: 'sign-in', attrs: { type: 'submit' } });

  element = h(
    'form', { class: 'card sign-in', testid: 'sign-in-form', attrs: { novalidate: true, 'aria-labelledby': 'sign-in-title' }, on: { submit: (event) => this.#submit(event) } },
    icon('key', 'state-icon'),
    h('h2', { t: 'sign-in.title', attrs: { id: 'sign-in-title' } }),
    h('p', { class: 'state-hint', t: 'sign-in.hint', attrs: { id: 'token-hint' } }),
    h('label', { class: 'label', t: 'sign-in.token', attrs: { for: 'token' } }),
    this.#token, this.#error, this.#button,
  );

  /**
   * @param {(token: string) => Promise<SessionInfo>} signIn
   * @param {(session: SessionInfo) => void} onDone
   * @param {boolean} keepsCookies false where the browser says that it blocks them
   */
  constructor(signIn, onDone, keepsCookies = true) {
    this.#signIn = signIn;
    this.#onDone = onDone;
    if (!keepsCookies) say(this.#error, 'sign-in.no-cookies');
  }

  focus() {
    this.#token.focus();
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault(); // never: the form would put the token into the address
    const token = this.#token.value.trim().replace(/^Bearer\s+/i, '');
    if (!token) return this.#fail('sign-in.missing');
    this.#button.disabled = true;
    try {
      const session = await this.#signIn(token);
      this.#token.value = '';
      this.#onDone(session);
    } catch (thrown) {
      const { status, code } = Problem.from(thrown);
      if (code === COOKIE_NOT_KEPT) return this.#fail('sign-in.no-cookies');
      // What no header can carry is no token: fetch refuses it before anything is sent.
      const isNone = thrown instanceof Problem && status === 0 && !/^[\x21-\x7e]+$/.test(token);
      this.#fail(isNone || status === 401 || status === 400 ? 'sign-in.refused' : status === 403 ? 'sign-in.forbidden' : 'error.unreachable');
    } finally {
      this.#button.disabled = false;
    }
  }

  /** @param {Key} key */
  #fail(key) {
    say(this.#error, key);
    this.#token.setAttribute('aria-invalid', 'true');
    this.#token.focus();
  }
}
