import { exact } from '../i18n/format.js';
import { signInReason } from '../state/sign-in-reason.js';
import { cut, h, say } from './dom.js';
import { icon } from './icons.js';

/** @import { SessionInfo } from '../api/types.js' */
/** @import { Args, Key } from '../i18n/i18n.js' */

/** What a token says of itself may be long. */
const LONGEST = 200;

/**
 * Offers the sign-in at the provider where there is one, and asks for a token, once; the service keeps it in a cookie that no script can
 * read.
 */
export class SignInForm {
  #signIn;
  #onDone;
  #keepsCookies;
  #role;
  #token = h('input', { class: 'input', testid: 'sign-in-token', attrs: {
    id: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, 'aria-describedby': 'token-hint token-error',
  } });
  #error = h('p', { class: 'field-error', testid: 'sign-in-error', attrs: { id: 'token-error', role: 'alert' } });
  #button = h('button', { class: 'button primary', t: 'sign-in', attrs: { type: 'submit' } });

  #provider = h('div', { class: 'sign-in-provider', attrs: { hidden: true } });

  element = h(
    'form', {
      class: 'card sign-in', testid: 'sign-in-form', attrs: { novalidate: true, 'aria-labelledby': 'sign-in-title' },
      on: { submit: (event) => this.#submit(event) },
    },
    icon('key', 'state-icon'),
    h('h2', { t: 'sign-in.title', attrs: { id: 'sign-in-title' } }),
    this.#error, this.#provider,
    h('p', { class: 'state-hint', t: 'sign-in.hint', attrs: { id: 'token-hint' } }),
    h('label', { class: 'label', t: 'sign-in.token', attrs: { for: 'token' } }),
    this.#token, this.#button,
  );

  /**
   * @param {(token: string) => Promise<SessionInfo>} signIn
   * @param {(session: SessionInfo) => void} onDone
   * @param {boolean} keepsCookies false where the browser says that it blocks them
   * @param {string} role that the page needs
   */
  constructor(signIn, onDone, keepsCookies = true, role = 'admin') {
    this.#signIn = signIn;
    this.#onDone = onDone;
    this.#keepsCookies = keepsCookies;
    this.#role = role;
    if (!keepsCookies) say(this.#error, 'sign-in.no-cookies');
  }

  focus() {
    this.#token.focus();
  }

  /** @param {string} name of the provider @param {() => string} address at which a sign-in begins */
  offer(name, address) {
    const link = h('a', {
      class: 'button primary', testid: 'sign-in-provider', t: 'provider.button', args: { name }, attrs: { href: address() },
    });
    // The view may have changed since.
    link.addEventListener('click', () => { link.href = address(); });
    this.#provider.replaceChildren(link, h('p', { class: 'state-hint', t: 'provider.or' }));
    this.#provider.hidden = false;
    this.#button.classList.remove('primary');
  }

  /** Why the last sign-in at the provider failed. @param {import('../state/sign-in-reason.js').Reason} reason */
  explain({ key, args }) {
    say(this.#error, key, args);
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
      const { key, args = {}, at } = signInReason(thrown, token, {
        origin: location.origin, isPlainHttp: location.protocol === 'http:', keepsCookies: this.#keepsCookies,
        role: this.#role, now: Date.now(),
      });
      const texts = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, cut(String(value), LONGEST)]));
      this.#fail(key, at === undefined ? texts : { time: exact(at) });
    } finally {
      this.#button.disabled = false;
    }
  }

  /** @param {Key} key @param {Args} [args] */
  #fail(key, args) {
    say(this.#error, key, args);
    this.#token.setAttribute('aria-invalid', 'true');
    this.#token.focus();
  }
}
