// Watches a stream with the npm package `eventsource` and prints each event as one line: its name, a tab, its data.
// node watch.mjs URL TOKEN
import { EventSource } from 'eventsource';

const [url, token] = process.argv.slice(2);
const source = new EventSource(url, {
  fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }),
});
for (const name of ['ready', 'ping', 'chat_completed', 'backlist_triggered']) {
  source.addEventListener(name, (event) => console.log(`${name}\t${event.data}`));
}
