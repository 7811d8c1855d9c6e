import type { SdkChatClient } from "./client.js";
import { SdkChatError } from "./errors.js";

/** What is used of an `EventSource`: the browser's, or the npm package's. */
export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

export const CLOSED = 2;

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
export async function openSource(client: SdkChatClient, url: string): Promise<OpenedSource> {
  if (!client.hasCredential && globalThis.EventSource !== undefined) {
    return { source: new globalThis.EventSource(url, { withCredentials: true }) as EventSourceLike, refusal: () => null };
  }

  const { EventSource } = await import("eventsource");
  let refusal: SdkChatError | null = null;
  const source = new EventSource(url, {
    fetch: async (input, init) => {
      const response = await client.fetch(input as string | URL, init as RequestInit);
      refusal = response.ok ? null : await SdkChatError.of(response.clone());
      return response;
    },
  });
  return { source: source as EventSourceLike, refusal: () => refusal };
}
