import type { SdkChatClient } from "./client.js";
import { SdkChatError } from "./errors.js";
/** What is used of an `EventSource`: the browser's, or the npm package's. */
export interface EventSourceLike {
    readonly readyState: number;
    addEventListener(type: string, listener: (event: {
        data?: unknown;
    }) => void): void;
    close(): void;
}
export declare const CLOSED = 2;
/** An open source, and what the service answered instead where that can be known. */
export interface OpenedSource {
    source: EventSourceLike;
    /** The refusal after which the source closed; null where only the browser knows it. */
    refusal(): SdkChatError | null;
}
/**
 * With the page's cookie, the browser's own `EventSource`. With a token, or where there is none (Node 20), the npm package of
 * that name, which lets a header be set and the answer be seen. It is loaded only then: a page that goes by cookie needs
 * nothing but this package.
 */
export declare function openSource(client: SdkChatClient, url: string): Promise<OpenedSource>;
