/**
 * What the connection light can say.
 *
 * - `connecting`, `live`, `reconnecting`: this tab's own stream
 * - `shared`: live, through another tab's stream
 * - `polling`: no stream by design (the backoffice); lists are read again and again
 * - `too-many`: the tenant has as many streams as it may have
 * - `paused`: nothing is read until the user decides
 * - `signed-out`, `forbidden`, `offline`
 *
 * @typedef {'connecting' | 'live' | 'reconnecting' | 'shared' | 'polling'
 *   | 'too-many' | 'signed-out' | 'forbidden' | 'offline' | 'paused'} Connection
 */

/** @type {readonly Connection[]} */
export const CONNECTIONS = [
  'connecting', 'live', 'reconnecting', 'shared', 'polling', 'too-many', 'signed-out', 'forbidden', 'offline', 'paused',
];

/**
 * @param {unknown} value
 * @returns {value is Connection}
 */
export const isConnection = (value) => CONNECTIONS.includes(/** @type {Connection} */ (value));
