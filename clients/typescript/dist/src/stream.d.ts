import { type Backoff } from "./backoff.js";
import type { SdkChatClient } from "./client.js";
import { SdkChatError } from "./errors.js";
import { type OpenedSource } from "./event-source.js";
import type { ChatEvents, StreamState } from "./events.js";
export interface StreamOptions {
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
/** A tenant's events, live, for as long as it is not closed: whatever breaks, it comes back, and says what may have been missed. */
export declare class SdkChatStream {
    #private;
    constructor(client: SdkChatClient, options?: StreamOptions);
    get state(): StreamState;
    /** Adds a listener; what is returned takes it away. */
    on<E extends keyof ChatEvents>(event: E, listener: (data: ChatEvents[E]) => void): () => void;
    /** Opens the stream, or opens it anew at once: after a new sign-in, for instance. */
    open(): void;
    close(): void;
}
