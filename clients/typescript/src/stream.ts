import { waitAfter, type Backoff } from "./backoff.js";
import type { SdkChatClient } from "./client.js";
import { SdkChatError } from "./errors.js";
import { CLOSED, openSource, type EventSourceLike, type OpenedSource } from "./event-source.js";
import type { ChatEvents, StreamState } from "./events.js";

export interface StreamOptions {
  /** The kinds of events to ask for. Default: `chat_completed` and `backlist_triggered`. */
  events?: (keyof ChatEvents)[];
  /** Only events of this profile. Default: all profiles. */
  profile_id?: string;
  /**
   * Read history here: it is called on each `ready`. What happened before it is in history and nowhere else, what happens
   * after it arrives as events. `first` when the stream has just been opened, `gap` when events may have been missed.
   */
  refetch?: (why: "first" | "gap") => void | Promise<void>;
  /** Called when the state changes, with the refusal behind it where there is one. */
  state?: (state: StreamState, refusal: SdkChatError | null) => void;
  /** What `refetch` or a listener threw. Default: the console. */
  error?: (error: unknown) => void;
  /** How long a silence is a broken connection, in milliseconds. The service pings every 25 s. Default 60,000. */
  watchdog?: number;
  backoff?: Backoff;
  /** How the source is opened; for tests. */
  open?: (client: SdkChatClient, url: string) => OpenedSource | Promise<OpenedSource>;
  random?: () => number;
}

const PATH = "/api/v1/sdk-chat/events/stream";
const KINDS = ["chat_started", "chat_completed", "chat_failed", "chat_ended", "backlist_triggered"] satisfies (keyof ChatEvents)[];
/** The browser does not say how long a full service asked to stay away; this is what it asks for. */
const FULL_SECONDS = 30;

/** A tenant's events, live, for as long as it is not closed: whatever breaks, it comes back, and says what may have been missed. */
export class SdkChatStream {
  readonly #client: SdkChatClient;
  readonly #options: StreamOptions;
  readonly #listeners = new Map<string, Set<(data: never) => void>>();
  #source: EventSourceLike | null = null;
  #state: StreamState = "closed";
  #failures = 0;
  #wasReady = false;
  /** Counts openings, so that what an older one brings late is not taken for this one's. */
  #opening = 0;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: SdkChatClient, options: StreamOptions = {}) {
    this.#client = client;
    this.#options = options;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Adds a listener; what is returned takes it away. */
  on<E extends keyof ChatEvents>(event: E, listener: (data: ChatEvents[E]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Opens the stream, or opens it anew at once: after a new sign-in, for instance. */
  open(): void {
    if (this.#state === "closed") this.#wasReady = false;
    this.#drop();
    this.#failures = 0;
    this.#become(this.#wasReady ? "reconnecting" : "connecting");
    void this.#connect();
  }

  close(): void {
    this.#drop();
    this.#become("closed");
  }

  async #connect(): Promise<void> {
    const opening = ++this.#opening;
    this.#feedWatchdog();
    try {
      const opened = await (this.#options.open ?? openSource)(this.#client, this.#client.baseUrl + PATH + query(this.#options));
      if (opening !== this.#opening) return opened.source.close();
      this.#source = opened.source;
      this.#listen(opened, () => opening === this.#opening);
    } catch (error) {
      // A token that cannot be had, or a package that is not installed.
      if (opening === this.#opening) this.#failed(error);
    }
  }

  #listen({ source, refusal }: OpenedSource, isPresent: () => boolean): void {
    const hear = (event: string, act: (data: string) => void) =>
      source.addEventListener(event, ({ data }) => {
        if (!isPresent()) return;
        this.#feedWatchdog();
        act(String(data));
      });
    hear("ready", () => this.#ready());
    hear("ping", () => {});
    for (const event of KINDS) {
      hear(event, (data) => void this.#guard(() => this.#emit(event, JSON.parse(data))));
    }
    source.addEventListener("error", () => {
      if (isPresent()) this.#broken(source, refusal());
    });
  }

  #ready(): void {
    this.#failures = 0;
    this.#become("live");
    const why = this.#wasReady ? "gap" : "first";
    this.#wasReady = true;
    void this.#guard(() => this.#options.refetch?.(why));
  }

  #broken(source: EventSourceLike, refusal: SdkChatError | null): void {
    if (source.readyState === CLOSED) {
      // Any answer but 200 is final to an EventSource, and the browser does not tell which it was: the list does.
      this.#drop();
      if (refusal) this.#refused(refusal);
      else void this.#ask();
    } else if (++this.#failures > 1) {
      // It comes back by itself, after the time that the service named. Once; then it is left to us, who wait longer each time.
      this.#drop();
      this.#later(() => this.#connect());
      this.#become("reconnecting");
    } else {
      this.#become("reconnecting");
    }
  }

  /** Asks the list why the stream was refused, or whether it still would be. */
  async #ask(): Promise<void> {
    const opening = this.#opening;
    try {
      await this.#client.listChats({ size: 1 });
      if (opening !== this.#opening) return;
      if (this.#state === "signed-out" || this.#state === "forbidden") return void this.#connect();
      // The credential is good, so the service was full, or is not there for streams right now.
      this.#become("waiting");
      this.#later(() => this.#connect(), FULL_SECONDS);
    } catch (error) {
      if (opening === this.#opening) this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (error instanceof SdkChatError) return this.#refused(error);
    this.#drop();
    this.#failures++;
    this.#become("reconnecting");
    this.#later(() => this.#connect());
  }

  #refused(refusal: SdkChatError): void {
    this.#drop();
    this.#failures++;
    if (refusal.status === 401 || refusal.status === 403) {
      this.#become(refusal.status === 401 ? "signed-out" : "forbidden", refusal);
      this.#later(() => this.#ask());
    } else {
      this.#become("waiting", refusal);
      this.#later(() => this.#connect(), refusal.retryAfterSeconds ?? undefined);
    }
  }

  /** After what the service asked for, with a little on top so that not everybody comes at once; else after the back-off. */
  #later(act: () => Promise<void>, seconds?: number): void {
    const random = this.#options.random ?? Math.random;
    const wait = seconds === undefined
      ? waitAfter(Math.max(this.#failures, 1), this.#options.backoff, random)
      : seconds * 1_000 * (1 + random() / 4);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void act(), wait);
  }

  #feedWatchdog(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#failures++;
      this.#drop();
      this.#become("reconnecting");
      this.#later(() => this.#connect());
    }, this.#options.watchdog ?? 60_000);
  }

  /** Lets go of the source and of everything that would happen later. */
  #drop(): void {
    this.#opening++;
    clearTimeout(this.#watchdog);
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #become(state: StreamState, refusal: SdkChatError | null = null): void {
    if (state === this.#state) return;
    this.#state = state;
    void this.#guard(() => this.#options.state?.(state, refusal));
  }

  #emit<E extends keyof ChatEvents>(event: E, data: ChatEvents[E]): void {
    for (const listener of this.#listeners.get(event) ?? []) void this.#guard(() => listener(data as never));
  }

  /** What others' code throws is no reason to stop listening. */
  async #guard(act: () => void | Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      (this.#options.error ?? console.error)(error);
    }
  }
}

function query({ events, profile_id }: StreamOptions): string {
  const parameters = new URLSearchParams();
  if (events !== undefined) parameters.set("events", events.join(","));
  if (profile_id !== undefined) parameters.set("profile_id", profile_id);
  // A comma needs no escape in a query, and is easier to read in a log without one.
  const text = parameters.toString().replaceAll("%2C", ",");
  return text === "" ? "" : `?${text}`;
}
