import { problemOf } from '../api/client.js';
import { NO_FILTER, TENANT_CHATS } from '../api/chats.js';
import { Backoff } from '../live/backoff.js';
import { ChannelElection } from '../live/channel-election.js';
import { Election } from '../live/election.js';
import { EVENTS, EventStream } from '../live/event-stream.js';
import { SharedStream } from '../live/shared-stream.js';
import { TabChannel } from '../live/tab-channel.js';
import { StreamProbe } from '../live/verdict.js';
import { features } from './browser-features.js';

const STREAM = `${TENANT_CHATS}/events/stream?events=${EVENTS.join(',')}`;

/** @import { StreamListener } from '../live/event-stream.js' */

/**
 * The stream of one sign-in, shared by its tabs. Lock and channel carry the sign-in's key: two tenants in one browser never hear
 * each other.
 * @param {import('../api/client.js').Client} client
 * @param {import('../api/chats.js').Chats} chats
 * @param {string} key
 * @param {Omit<StreamListener, 'onPing'>} listener
 */
export function tenantStream(client, chats, key, listener) {
  const name = `sdkchat-live:${key}`;
  const probe = new StreamProbe(() => client.get(chats.newest(NO_FILTER, 1)), askStream);
  if (!features.has('streams')) return noStream(listener);
  return new SharedStream({
    listener,
    election: (events) => election(name, events),
    channel: (onMessage) => new TabChannel(features.channel(name), onMessage),
    stream: (events) => new EventStream({
      open: () => new EventSource(STREAM, { withCredentials: true }), probe, listener: events, backoff: new Backoff(),
    }),
  });
}

/**
 * By a lock where there are locks, else over a channel; where there is neither, each tab leads itself.
 * @param {string} name
 * @param {{ onElected: () => void, onDeposed: () => void }} events
 */
const election = (name, events) => (features.has('locks') || !features.has('channels')
  ? new Election(features.locks, name, events)
  : new ChannelElection((onMessage) => new TabChannel(features.channel(`${name}:election`), onMessage), events));

/**
 * A browser without `EventSource`: the list is read every ten seconds, as in the backoffice.
 * @param {Pick<StreamListener, 'onState'>} listener
 */
const noStream = (listener) => ({ start: () => listener.onState('polling'), stop: () => {}, hurry: () => {} });

/** Opens the stream for as long as it takes to see its status. */
async function askStream() {
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), 10_000);
  try {
    const response = await fetch(STREAM, { credentials: 'same-origin', signal: abort.signal, headers: { Accept: 'text/event-stream' } });
    if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  } finally {
    clearTimeout(limit);
    abort.abort();
  }
}
