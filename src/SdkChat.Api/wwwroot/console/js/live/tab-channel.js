/**
 * What tabs tell each other.
 *
 * @typedef {{ type: 'hello' }} Hello a follower asks who leads
 * @typedef {{ type: 'state', state: import('./connection.js').Connection }} StateMessage the leader's light
 * @typedef {{ type: 'ready' } | { type: 'ping' }} Sign
 * @typedef {{ type: 'event', name: string, data: string }} EventMessage
 * @typedef {Hello | StateMessage | Sign | EventMessage} TabMessage
 */

/**
 * Between the tabs of one sign-in; silent where the browser has no channels.
 * @template [Message=TabMessage]
 */
export class TabChannel {
  #channel;

  /**
   * @param {BroadcastChannel | null} channel
   * @param {(message: Message) => void} onMessage
   */
  constructor(channel, onMessage) {
    this.#channel = channel;
    this.#channel?.addEventListener('message', (event) => onMessage(event.data));
  }

  /** @param {Message} message */
  post(message) {
    this.#channel?.postMessage(message);
  }

  close() {
    this.#channel?.close();
  }
}
