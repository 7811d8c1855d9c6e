/** Why a call failed. Status 0: no answer at all. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {string} code the envelope's, or '' where there was none
   * @param {string} [message] the envelope's
   * @param {number | null} [retryAfter] seconds that the service asks to wait
   * @param {string[]} [details] what is wrong with which parameter
   */
  constructor(status, code, message = '', retryAfter = null, details = []) {
    super(message || code || `status ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
    this.details = details;
  }

  /** Whether the service, or what it needs, was out of reach: the same call will succeed later. */
  get isOutage() {
    return this.status === 0 || (this.status >= 502 && this.status <= 504);
  }

  /**
   * Whatever was thrown, as a problem.
   * @param {unknown} thrown
   */
  static from(thrown) {
    return thrown instanceof Problem ? thrown : new Problem(0, '', thrown instanceof Error ? thrown.message : '');
  }
}
