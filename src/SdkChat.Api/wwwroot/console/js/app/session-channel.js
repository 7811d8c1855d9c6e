import { features } from './browser-features.js';

/** All tabs of a browser share one cookie: a tab that signs in or out changes it for the others, and tells them. */
export class SessionChannel {
  #channel = features.channel('sdkchat-session');
  #page;

  /**
   * @param {string} page the session's URL: tenant and backoffice have a cookie each
   * @param {(key: string) => void} onChange with the key of who is signed in now, '' for nobody
   */
  constructor(page, onChange) {
    this.#page = page;
    this.#channel?.addEventListener('message', ({ data }) => {
      if (data?.page === page && typeof data.key === 'string') onChange(data.key);
    });
  }

  /** @param {string} key */
  tell(key) {
    this.#channel?.postMessage({ page: this.#page, key });
  }
}
