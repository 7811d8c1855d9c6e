import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { SdkChatClient, SdkChatStream, type ChatEvents } from "../src/index.js";

// What may lie between the service and its reader: proxies that cut and join, and servers that end lines otherwise.

type Write = (response: ServerResponse) => Promise<void> | void;

/** Names that take one to four bytes a character, and a line break that JSON hides. */
const NAME = "é 한글 讃岐うどん 🍜 \\n \u2028";
const completed = (chat: string) => `event: chat_completed\ndata: {"profile_id":"${NAME}","chat_id":"${chat}"}\n\n`;
const READY = "event: ready\ndata: {}\n\n";
const PING = "event: ping\ndata:\n\n";

const whole = (text: string): Write => (response) => void response.write(text);

/** In pieces of so many bytes, each in a chunk of its own. */
const inPieces = (text: string, size: number): Write => async (response) => {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    await new Promise((written) => response.write(bytes.subarray(at, at + size), written));
    await new Promise(setImmediate);
  }
};

const large = (chat: string) =>
  `event: backlist_triggered\ndata: {"profile_id":"p","chat_id":"${chat}","notification_items":["${"ü".repeat(1 << 20)}"]}\n\n`;

const WAYS: Record<string, Write> = {
  "lines that end in LF": whole(READY + completed("a") + PING + completed("b")),
  "lines that end in CRLF": whole((READY + completed("a") + PING + completed("b")).replaceAll("\n", "\r\n")),
  "lines that end in CR": whole((READY + completed("a") + PING + completed("b")).replaceAll("\n", "\r") + PING),
  "CRLF, a byte at a time": inPieces((READY + completed("a") + PING + completed("b")).replaceAll("\n", "\r\n"), 1),
  "a byte at a time": inPieces(READY + completed("a") + PING + completed("b"), 1),
  "three bytes at a time": inPieces(READY + completed("a") + PING + completed("b"), 3),
  "a byte order mark first": whole(`\uFEFF${READY}${completed("a")}${completed("b")}`),
  "comments in between": whole(
    `: hello\n${READY}:\n:${"x".repeat(100_000)}\n${completed("a")}: data: {}\n\n: event: ready\n${completed("b")}`,
  ),
  "blank lines in between": whole(`\n\n${READY}\n\n\n${completed("a")}\n\n${completed("b")}\n`),
  "no space after the colon": whole((READY + completed("a") + completed("b")).replaceAll(": {", ":{").replaceAll("event: ", "event:")),
  "unknown fields and events": whole(
    `id: 7\nretry: 100\n${READY}event: news\ndata: 1\n\nfield\n${completed("a")}retry: soon\n\n${completed("b")}`,
  ),
  "megabytes on one line, in small pieces": inPieces(READY + completed("a") + large("c") + completed("b"), 1 << 12),
};

async function reading(
  write: Write,
  enough: (heard: ChatEvents["chat_completed"][]) => boolean,
  error: (error: unknown) => void = (thrown) => assert.fail(String(thrown)),
): Promise<ChatEvents["chat_completed"][]> {
  let opened = 0;
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    if (++opened === 1) void write(response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const client = new SdkChatClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: "t" });
  const heard: ChatEvents["chat_completed"][] = [];
  const stream = new SdkChatStream(client, { error });
  try {
    await new Promise<void>((done) => {
      stream.on("chat_completed", (event) => {
        heard.push(event);
        if (enough(heard)) done();
      });
      stream.open();
    });
  } finally {
    stream.close();
    server.closeAllConnections();
    server.close();
  }
  return heard;
}

for (const [way, write] of Object.entries(WAYS)) {
  test(`events come once, in order and whole: ${way}`, async () => {
    const heard = await reading(write, (events) => events.at(-1)?.chat_id === "b");
    const name = JSON.parse(`"${NAME}"`) as string;
    assert.deepEqual(heard, [{ profile_id: name, chat_id: "a" }, { profile_id: name, chat_id: "b" }]);
  });
}

// A reader that drops blank lines would wait for what follows, and lose both events for ever.
test("an event is there with its blank line, although nothing follows", async () => {
  let proceed: () => void = () => {};
  const first = new Promise<void>((resolve) => (proceed = resolve));
  const heard = await reading(
    async (response) => {
      response.write(READY + completed("a"));
      await first;
      response.write(completed("b"));
    },
    (events) => {
      proceed();
      return events.length === 2;
    },
  );
  assert.deepEqual(heard.map((event) => event.chat_id), ["a", "b"]);
});

test("data that is no JSON is reported, and the stream goes on", async () => {
  const errors: unknown[] = [];
  const heard = await reading(
    whole(`${READY}event: chat_completed\ndata: {"profile\n\n${completed("b")}`),
    (events) => events.length === 1,
    (error) => errors.push(error),
  );
  assert.deepEqual(heard.map((event) => event.chat_id), ["b"]);
  assert.ok(errors.length === 1 && errors[0] instanceof SyntaxError);
});
