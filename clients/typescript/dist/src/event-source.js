import { SdkChatError } from "./errors.js";
export const CLOSED = 2;
/**
 * With the page's cookie, the browser's own `EventSource`. With a token, or where there is none (Node 20), the npm package of
 * that name, which lets a header be set and the answer be seen. It is loaded only then: a page that goes by cookie needs
 * nothing but this package.
 */
export async function openSource(client, url) {
    if (!client.hasCredential && globalThis.EventSource !== undefined) {
        return { source: new globalThis.EventSource(url, { withCredentials: true }), refusal: () => null };
    }
    const { EventSource } = await import("eventsource");
    let refusal = null;
    const source = new EventSource(url, {
        fetch: async (input, init) => {
            const response = await client.fetch(input, init);
            refusal = response.ok ? null : await SdkChatError.of(response.clone());
            return response;
        },
    });
    return { source: source, refusal: () => refusal };
}
//# sourceMappingURL=event-source.js.map