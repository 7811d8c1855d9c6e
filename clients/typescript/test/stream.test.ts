import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { SdkChatClient, SdkChatError, SdkChatStream, waitAfter, type StreamOptions, type StreamState } from "../src/index.js";

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;

/** A source that says what the test wants. */
class FakeSource {
  readyState = OPEN;
  closed = false;
  refusal: SdkChatError | null = null;
  readonly #listeners = new Map<string, (event: { data?: unknown }) => void>();

  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  say(event: string, data = ""): void {
    this.#listeners.get(event)?.({ data });
  }

  break(readyState: number, refusal: SdkChatError | null = null): void {
    this.readyState = readyState;
    this.refusal = refusal;
    this.#listeners.get("error")?.({});
  }
}

let sources: FakeSource[];
let states: StreamState[];
let refetches: string[];
let errors: unknown[];
let listStatus: number;
let listCalls: number;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  [sources, states, refetches, errors, listStatus, listCalls] = [[], [], [], [], 200, 0];
});

const refusal = (status: number, retryAfter: number | null = null) => new SdkChatError(status, null, "no", undefined, retryAfter, null);

/** Lets everything run that waits for no timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

async function pass(milliseconds: number): Promise<void> {
  mock.timers.tick(milliseconds);
  await settle();
}

async function opened(options: StreamOptions = {}): Promise<SdkChatStream> {
  const list = async () => {
    listCalls++;
    if (listStatus === 0) throw new TypeError("fetch failed");
    return new Response(JSON.stringify({ success: listStatus === 200, data: { items: [] } }), { status: listStatus });
  };
  const client = new SdkChatClient({ baseUrl: "http://service", fetch: list });
  const stream = new SdkChatStream(client, {
    open: () => {
      const source = new FakeSource();
      sources.push(source);
      return { source, refusal: () => source.refusal };
    },
    random: () => 1,
    state: (state) => void states.push(state),
    refetch: (why) => void refetches.push(why),
    error: (error) => void errors.push(error),
    ...options,
  });
  stream.open();
  await settle();
  return stream;
}

test("ready is the time to read history: first, and after every gap", async () => {
  await opened();
  sources[0]!.say("ready", "{}");
  sources[0]!.break(CONNECTING);
  sources[0]!.say("ready", "{}");

  assert.deepEqual(refetches, ["first", "gap"]);
  assert.deepEqual(states, ["connecting", "live", "reconnecting", "live"]);
  assert.equal(sources.length, 1, "the browser came back by itself");
});

test("events arrive with their types, until the listener goes", async () => {
  const stream = await opened();
  const heard: unknown[] = [];
  const forget = stream.on("chat_completed", (data) => heard.push(data));
  sources[0]!.say("chat_completed", '{"profile_id":"p","chat_id":"c"}');
  forget();
  sources[0]!.say("chat_completed", '{"profile_id":"p","chat_id":"d"}');

  assert.deepEqual(heard, [{ profile_id: "p", chat_id: "c" }]);
});

test("a minute of silence is a broken connection; a ping is none", async () => {
  await opened();
  sources[0]!.say("ready", "{}");
  await pass(59_999);
  sources[0]!.say("ping");
  await pass(59_999);
  assert.equal(sources[0]!.closed, false);

  await pass(1);
  assert.equal(sources[0]!.closed, true);
  await pass(1_000);
  assert.equal(sources.length, 2);
  sources[1]!.say("ready", "{}");
  assert.deepEqual(refetches, ["first", "gap"]);
});

test("a source that never says anything is given up as well", async () => {
  await opened();
  await pass(60_000);
  await pass(1_000);
  assert.equal(sources.length, 2);
});

test("failures in a row wait longer each time, and ready begins anew", async () => {
  await opened();
  sources[0]!.break(CONNECTING);
  assert.equal(sources[0]!.closed, false, "the first is the browser's to mend");
  sources[0]!.break(CONNECTING);
  assert.equal(sources[0]!.closed, true);
  await pass(1_999);
  assert.equal(sources.length, 1);
  await pass(1);
  assert.equal(sources.length, 2);
  sources[1]!.break(CONNECTING);
  await pass(3_999);
  assert.equal(sources.length, 2);
  await pass(1);
  assert.equal(sources.length, 3);

  sources[2]!.say("ready", "{}");
  sources[2]!.break(CONNECTING);
  assert.equal(sources[2]!.closed, false);
});

test("401 that only the list tells: signed out, until the list says otherwise", async () => {
  await opened();
  listStatus = 401;
  sources[0]!.break(CLOSED);
  await settle();
  assert.deepEqual(states, ["connecting", "signed-out"]);
  await pass(1_000);
  assert.equal(listCalls, 2);
  listStatus = 200;
  await pass(2_000);
  assert.equal(sources.length, 2);
});

test("403 that the source tells: forbidden, without asking first", async () => {
  await opened();
  sources[0]!.break(CLOSED, refusal(403));
  assert.deepEqual(states, ["connecting", "forbidden"]);
  assert.equal(listCalls, 0);
});

test("429 that the source tells: waits as long as it was told", async () => {
  await opened();
  sources[0]!.break(CLOSED, refusal(429, 30));
  assert.deepEqual(states, ["connecting", "waiting"]);
  await pass(30_000 * 1.25 - 1);
  assert.equal(sources.length, 1);
  await pass(1);
  assert.equal(sources.length, 2);
});

test("a refusal although the list is open: the service is full, so it waits", async () => {
  await opened();
  sources[0]!.break(CLOSED);
  await settle();
  assert.deepEqual(states, ["connecting", "waiting"]);
  await pass(30_000 * 1.25);
  assert.equal(sources.length, 2);
});

test("a list that cannot be reached either: a failure like others", async () => {
  await opened();
  listStatus = 0;
  sources[0]!.break(CLOSED);
  await settle();
  assert.deepEqual(states, ["connecting", "reconnecting"]);
  await pass(1_000);
  assert.equal(sources.length, 2);
});

test("a source that cannot be opened is tried again", async () => {
  let tries = 0;
  await opened({
    open: () => {
      tries++;
      throw new Error("no token");
    },
  });
  await pass(1_000);
  assert.equal(tries, 2);
});

test("close ends it for good, whatever was still to come", async () => {
  const stream = await opened();
  sources[0]!.say("ready", "{}");
  stream.close();
  sources[0]!.say("chat_completed", "{}");
  sources[0]!.break(CONNECTING);
  await pass(600_000);

  assert.equal(sources.length, 1);
  assert.equal(sources[0]!.closed, true);
  assert.equal(stream.state, "closed");
});

test("open again at once: after a sign-in", async () => {
  const stream = await opened();
  sources[0]!.break(CLOSED, refusal(401));
  stream.open();
  await settle();
  assert.equal(sources.length, 2);
});

test("what listeners throw is reported, and hurts nobody", async () => {
  const stream = await opened();
  const heard: unknown[] = [];
  stream.on("chat_completed", () => {
    throw new Error("theirs");
  });
  stream.on("chat_completed", (data) => heard.push(data));
  sources[0]!.say("chat_completed", "{}");
  await settle();

  assert.equal(heard.length, 1);
  assert.equal(errors.length, 1);
});

test("the back-off doubles to its bound, and draws from the upper half", () => {
  assert.deepEqual([1, 2, 3, 6, 40].map((failures) => waitAfter(failures, {}, () => 1)), [1_000, 2_000, 4_000, 30_000, 30_000]);
  assert.equal(waitAfter(3, {}, () => 0), 2_000);
});

test("kinds and a profile are asked for in the address, and every kind is heard", async () => {
  const addresses: string[] = [];
  const source = new FakeSource();
  const client = new SdkChatClient({ baseUrl: "http://service" });
  const stream = new SdkChatStream(client, {
    events: ["chat_started", "chat_failed"],
    profile_id: "p1",
    open: (_, url) => {
      addresses.push(url);
      return { source, refusal: () => null };
    },
  });
  const heard: unknown[] = [];
  stream.on("chat_started", (data) => heard.push(data));
  stream.on("chat_failed", (data) => heard.push(data.last_error));
  stream.open();
  await settle();
  source.say("chat_started", '{"profile_id":"p1","chat_id":"c1"}');
  source.say("chat_failed", '{"profile_id":"p1","chat_id":"c1","last_error":"no"}');
  await settle();
  stream.close();
  assert.deepEqual(addresses, ["http://service/api/v1/sdk-chat/events/stream?events=chat_started,chat_failed&profile_id=p1"]);
  assert.deepEqual(heard, [{ profile_id: "p1", chat_id: "c1" }, "no"]);
});
