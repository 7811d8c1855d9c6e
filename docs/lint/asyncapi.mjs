// Checks an AsyncAPI document with the official parser, and prints its messages as JSON for whoever checks more: their names, and
// their payloads' schemas with every reference resolved. node asyncapi.mjs FILE
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], 'utf8'));
for (const { code, message, path } of diagnostics) {
  console.error(`${code} ${path.join('.')}: ${message}`);
}
if (!document || diagnostics.length > 0) process.exit(1);

const messages = document.channels().all()
  .flatMap((channel) => channel.messages().all())
  .map((message) => [message.name(), message.payload().json()]);
const withoutNotes = (key, value) => (key.startsWith('x-parser-') ? undefined : value);
console.log(JSON.stringify(Object.fromEntries(messages), withoutNotes));
