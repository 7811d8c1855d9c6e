import { SdkChatError } from "./errors.js";
/** Every call of the API, by method and address as in `docs/openapi.json`; and by name those that an admin's page needs. */
export class SdkChatClient {
    baseUrl;
    #options;
    constructor(options = {}) {
        this.#options = options;
        this.baseUrl = (options.baseUrl ?? globalThis.location?.origin ?? "").replace(/\/+$/, "");
    }
    /** Whether calls go with a header of their own, rather than with the page's cookie. */
    get hasCredential() {
        return this.#options.token !== undefined || this.#options.apiKey !== undefined;
    }
    get(path, input) {
        return this.#call("get", path, input);
    }
    post(path, input) {
        return this.#call("post", path, input);
    }
    put(path, input) {
        return this.#call("put", path, input);
    }
    delete(path, input) {
        return this.#call("delete", path, input);
    }
    /** A page of the tenant's chats, newest first. */
    async listChats(query = {}) {
        return (await this.get("/api/v1/sdk-chat", { query })).data;
    }
    /** The tenant's chats from the newest on, page by page: none twice and none skipped, whatever arrives meanwhile. */
    async *chats(query = {}) {
        let answer = await this.get("/api/v1/sdk-chat", { query });
        yield* answer.data.items;
        while (answer.next !== null) {
            answer = await this.#send(answer.next, { method: "GET" });
            yield* answer.data.items;
        }
    }
    /** One of the tenant's chats, with its result. */
    async getChat(chat_id) {
        return (await this.get("/api/v1/sdk-chat/{chat_id}", { path: { chat_id } })).data;
    }
    /** A page of all tenants' chats, for the backoffice. */
    async listAllChats(query = {}) {
        return (await this.get("/api/v1/admin/sdk-chat", { query })).data;
    }
    /** Any tenant's chat, for the backoffice. */
    async getAnyChat(chat_id) {
        return (await this.get("/api/v1/admin/sdk-chat/{chat_id}", { path: { chat_id } })).data;
    }
    /** As `fetch`, with the credential. Answers whatever the status. */
    async fetch(url, init = {}) {
        const { token, apiKey, fetch: send = fetch } = this.#options;
        const headers = new Headers(init.headers);
        if (token !== undefined)
            headers.set("Authorization", `Bearer ${typeof token === "string" ? token : await token()}`);
        if (apiKey !== undefined)
            headers.set("X-API-KEY", apiKey);
        return send(url, { ...init, headers, credentials: this.hasCredential ? "omit" : "include" });
    }
    #call(method, path, input) {
        const { path: values = {}, query = {}, header = {}, body } = input;
        const address = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(values[name])));
        const search = new URLSearchParams(texts(query)).toString();
        const init = { method: method.toUpperCase(), headers: texts(header) };
        if (body !== undefined) {
            init.body = JSON.stringify(body);
            init.headers = { ...init.headers, "Content-Type": "application/json" };
        }
        return this.#send(search ? `${address}?${search}` : address, init);
    }
    async #send(address, init) {
        const response = await this.fetch(this.baseUrl + address, init);
        if (!response.ok && response.status !== 304)
            throw await SdkChatError.of(response);
        const body = response.status === 304 ? { data: null } : await response.json();
        return {
            data: body.data,
            status: response.status,
            etag: response.headers.get("etag"),
            next: /<([^>]*)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1] ?? null,
            requestId: response.headers.get("x-request-id"),
        };
    }
}
function texts(values) {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]));
}
//# sourceMappingURL=client.js.map