import { SdkChatError } from "./errors.js";
import { readLines } from "./lines.js";
import { pause } from "./pause.js";
import type {
  AccessEntry, AddedScreen, AdminChatListItem, AdminStats, ApiKey, AuditEntry, Block, ChatCounts, ChatDetail, ChatListItem,
  CreatedApiKey, Data, ErasedProfile, Input, Method, Page, PathOf, paths,
  ProfileHistory, Screen, Stats, Tenant, TenantOverviewPage, Timeline,
} from "./types.js";

/** A token, or who knows the present one: asked before every call and every opening of the stream. */
export type TokenSource = string | (() => string | Promise<string>);

export interface ClientOptions {
  /**
   * Where the service is, such as `https://demo.ones1ght.com` or, below a path, `https://tools.example.com/chat/`. Default: the origin of
   * the page.
   */
  baseUrl?: string;
  /** A JWT. Without it, and without a key, the cookie travels: pages on the service's own host need no more. */
  token?: TokenSource;
  /** An SDK key (`osk_…`), for the calls under `/v1/`. */
  apiKey?: string;
  /** In the place of the platform's own. */
  fetch?: typeof fetch;
}

/** Filters and place of a list. */
export interface ListQuery {
  profile_id?: string;
  /** Words that must all occur in the prompt, the shopper's name or the error; or the id of a chat, a profile or a session. */
  q?: string;
  page?: number;
  size?: number;
  cursor?: string;
  /** One or several of `in_progress`, `completed`, `error`, `ended`, with commas between them. */
  status?: string;
  /** Created then or later: an instant with its offset, or a date in `tz`. */
  from?: string;
  /** Created before. */
  to?: string;
  /** A name of the IANA database; default UTC. */
  tz?: string;
  /** With at least one accepted back-list trigger, or without. */
  triggered?: boolean;
}

/** Which chats the counts include. */
export type ChatFilter = Omit<ListQuery, "page" | "size" | "cursor">;

/** What statistics are about. */
export interface StatsQuery {
  from?: string;
  to?: string;
  tz?: string;
  /** Default: `day`. At most 400 buckets. */
  bucket?: "hour" | "day" | "week";
  profile_id?: string;
  /** Adds the most frequent questions. */
  questions?: boolean;
}

/** An answer with what its headers say. `data` is null for 304. */
export interface Answer<T> {
  data: T;
  status: number;
  etag: string | null;
  /** The address of the next page, relative to the service; null on the last. */
  next: string | null;
  requestId: string | null;
}

/** Every call of the API, by method and address as in `docs/openapi.json`; and by name those that an admin's page needs. */
export class SdkChatClient {
  readonly baseUrl: string;
  readonly #options: ClientOptions;

  constructor(options: ClientOptions = {}) {
    this.#options = options;
    this.baseUrl = (options.baseUrl ?? globalThis.location?.origin ?? "").replace(/\/+$/, "");
  }

  /** Whether calls go with a header of their own, rather than with the page's cookie. */
  get hasCredential(): boolean {
    return this.#options.token !== undefined || this.#options.apiKey !== undefined;
  }

  get<P extends PathOf<"get">>(path: P, input: Input<"get", P>) {
    return this.#call<"get", P>("get", path, input);
  }

  post<P extends PathOf<"post">>(path: P, input: Input<"post", P>) {
    return this.#call<"post", P>("post", path, input);
  }

  put<P extends PathOf<"put">>(path: P, input: Input<"put", P>) {
    return this.#call<"put", P>("put", path, input);
  }

  delete<P extends PathOf<"delete">>(path: P, input: Input<"delete", P>) {
    return this.#call<"delete", P>("delete", path, input);
  }

  /** A page of the tenant's chats, newest first. */
  async listChats(query: ListQuery = {}): Promise<Page<ChatListItem>> {
    return (await this.get("/api/v1/sdk-chat", { query })).data;
  }

  /** The tenant's chats from the newest on, page by page: none twice and none skipped, whatever arrives meanwhile. */
  async *chats(query: Omit<ListQuery, "page" | "cursor"> = {}): AsyncGenerator<ChatListItem> {
    let answer: Answer<Page<ChatListItem>> = await this.get("/api/v1/sdk-chat", { query });
    yield* answer.data.items;
    while (answer.next !== null) {
      answer = await this.#send(answer.next, { method: "GET" });
      yield* answer.data.items;
    }
  }

  /** How many of the tenant's chats a filter includes, by status, at one moment. */
  async countChats(query: ChatFilter = {}): Promise<ChatCounts> {
    return (await this.get("/api/v1/sdk-chat/counts", { query })).data;
  }

  /** One of the tenant's chats, with its result. */
  async getChat(chat_id: string): Promise<ChatDetail> {
    return (await this.get("/api/v1/sdk-chat/{chat_id}", { path: { chat_id } })).data;
  }

  /**
   * Reads one of the tenant's chats until it is as wanted. The service sends each answer when the chat changes (`Prefer: wait`), so nothing
   * is polled. `signal` ends the wait; without it the wait may last for ever.
   */
  async waitForChat(chat_id: string, until: (chat: ChatDetail) => boolean, signal?: AbortSignal): Promise<ChatDetail> {
    return this.#wait(`/api/v1/sdk-chat/${encodeURIComponent(chat_id)}`, until, signal);
  }

  /** The same for any tenant's chat, for the backoffice. */
  async waitForAnyChat(chat_id: string, until: (chat: ChatDetail) => boolean, signal?: AbortSignal): Promise<ChatDetail> {
    return this.#wait(`/api/v1/admin/sdk-chat/${encodeURIComponent(chat_id)}`, until, signal);
  }

  /** Numbers of the tenant's chats by hour, day or week. */
  async getStats(query: StatsQuery = {}): Promise<Stats> {
    return (await this.get("/api/v1/sdk-chat/stats", { query })).data;
  }

  /** Numbers of all tenants' chats, for the backoffice; with `group_by` also by tenant. */
  async getAllStats(query: StatsQuery & { tenant_id?: string; group_by?: "tenant" } = {}): Promise<AdminStats> {
    return (await this.get("/api/v1/admin/sdk-chat/stats", { query })).data;
  }

  /**
   * All of the tenant's chats that a filter includes, newest first, as of the instant it began; in one answer that is read as it arrives.
   */
  exportChats(query: ChatFilter = {}, signal?: AbortSignal): AsyncGenerator<ChatListItem> {
    return this.#rows("/api/v1/sdk-chat/export", query, signal);
  }

  /** The same, each chat with its result. */
  exportChatDetails(query: ChatFilter = {}, signal?: AbortSignal): AsyncGenerator<ChatDetail> {
    return this.#rows("/api/v1/sdk-chat/export", { ...query, detail: true }, signal);
  }

  /** The same of all tenants, for the backoffice. */
  exportAllChats(query: ChatFilter & { tenant_id?: string } = {}, signal?: AbortSignal): AsyncGenerator<AdminChatListItem> {
    return this.#rows("/api/v1/admin/sdk-chat/export", query, signal);
  }

  /** What happened to one of the tenant's chats, oldest first. */
  async getTimeline(chat_id: string): Promise<Timeline> {
    return (await this.get("/api/v1/sdk-chat/{chat_id}/timeline", { path: { chat_id } })).data;
  }

  /** What happened to any tenant's chat, oldest first; for the backoffice. */
  async getAnyTimeline(chat_id: string): Promise<Timeline> {
    return (await this.get("/api/v1/admin/sdk-chat/{chat_id}/timeline", { path: { chat_id } })).data;
  }

  /** One of the tenant's shoppers: the profile, its sessions with their stamps, first and last seen. */
  async getProfileHistory(profile_id: string): Promise<ProfileHistory> {
    return (await this.get("/api/v1/sdk-chat/profiles/{profile_id}", { path: { profile_id } })).data;
  }

  /** A shopper of any tenant, for the backoffice. */
  async getAnyProfileHistory(profile_id: string): Promise<ProfileHistory> {
    return (await this.get("/api/v1/admin/sdk-chat/profiles/{profile_id}", { path: { profile_id } })).data;
  }

  /** A page of all tenants' chats, for the backoffice. */
  async listAllChats(query: ListQuery & { tenant_id?: string } = {}): Promise<Page<AdminChatListItem>> {
    return (await this.get("/api/v1/admin/sdk-chat", { query })).data;
  }

  /** How many chats of all tenants a filter includes, by status, for the backoffice. */
  async countAllChats(query: ChatFilter & { tenant_id?: string } = {}): Promise<ChatCounts> {
    return (await this.get("/api/v1/admin/sdk-chat/counts", { query })).data;
  }

  /** Any tenant's chat, for the backoffice. */
  async getAnyChat(chat_id: string): Promise<ChatDetail> {
    return (await this.get("/api/v1/admin/sdk-chat/{chat_id}", { path: { chat_id } })).data;
  }

  /** A page of a tenant's SDK keys, newest first: the credential's own tenant's, or with a backoffice token those of `tenant_id`. */
  async listApiKeys(query: Omit<ListQuery, "profile_id" | "cursor"> = {}, tenant_id?: string): Promise<Page<ApiKey>> {
    return (await this.#send<Page<ApiKey>>(withQuery(keysOf(tenant_id), query), { method: "GET" })).data;
  }

  /** Makes an SDK key; the answer is the only place that shows it. `expires_in_days` is null for a key that does not expire. */
  async createApiKey(name: string, expires_in_days: 7 | 14 | 30 | 60 | 90 | 180 | 365 | null, tenant_id?: string): Promise<CreatedApiKey> {
    return this.#write("POST", keysOf(tenant_id), { name, expires_in_days });
  }

  /** Revokes an SDK key for good, on every node within 5 s. */
  async revokeApiKey(key_prefix: string, tenant_id?: string): Promise<ApiKey> {
    return this.#write("DELETE", `${keysOf(tenant_id)}/${encodeURIComponent(key_prefix)}`);
  }

  /** Adds a tenant, enabled; for the backoffice. */
  async addTenant(code: string, name: string): Promise<Tenant> {
    return this.#write("POST", "/api/v1/admin/tenants", { code, name });
  }

  /** Renames a tenant, or enables or disables it on every node within 5 s; for the backoffice. What is left out is kept. */
  async updateTenant(tenant_id: string, change: { name?: string; enabled?: boolean }): Promise<Tenant> {
    return this.#write("PATCH", `/api/v1/admin/tenants/${encodeURIComponent(tenant_id)}`, change);
  }

  /**
   * A page of the tenants with their numbers, those that need attention first; for the backoffice. `from` is an instant with its offset, or
   * a date in `tz`.
   */
  async getTenantOverview(
    query: { name?: string; from?: string; tz?: string; page?: number; size?: number } = {},
  ): Promise<TenantOverviewPage> {
    return (await this.get("/api/v1/admin/tenants/overview", { query })).data;
  }

  /** The tenant's screens, newest first, with links that still work. */
  async listScreens(): Promise<Screen[]> {
    return (await this.get("/api/v1/screens", {})).data.items;
  }

  /** Makes a link that signs a screen in: once, within ten minutes. The answer is the only place that shows it. */
  async addScreen(name: string): Promise<AddedScreen> {
    return this.#write("POST", "/api/v1/screens", { name });
  }

  /** Signs a screen out, or withdraws its link, on every node within 5 s. */
  async revokeScreen(screen_id: string): Promise<void> {
    await this.#write("DELETE", `/api/v1/screens/${encodeURIComponent(screen_id)}`);
  }

  /** A page of the blocks that have not ended, newest first; for the backoffice. */
  async listBlocks(query: { tenant_id?: string; page?: number; size?: number } = {}): Promise<Page<Block>> {
    return (await this.#send<Page<Block>>(withQuery("/api/v1/admin/blocks", query), { method: "GET" })).data;
  }

  /**
   * Refuses a tenant's user and ends the user's streams, on every node within 5 s; for the backoffice. `until` is an instant with its
   * offset.
   */
  async block(block: { tenant_id: string; subject: string; until: string; reason: string }): Promise<Block> {
    return this.#write("POST", "/api/v1/admin/blocks", block);
  }

  /** Lets a blocked user in again; for the backoffice. */
  async unblock(block_id: string): Promise<Block> {
    return this.#write("DELETE", `/api/v1/admin/blocks/${encodeURIComponent(block_id)}`);
  }

  /**
   * Erases a person permanently: profile, chats and sessions; for the backoffice. `confirm` is the person's name or the profile's id. A
   * repeated call erases nothing, and its `erasure_id` is null.
   */
  async eraseProfile(tenant_id: string, profile_id: string, confirm: string): Promise<ErasedProfile> {
    return this.#write("POST", `/api/v1/admin/tenants/${encodeURIComponent(tenant_id)}/erasures`, { profile_id, confirm });
  }

  /**
   * A page of what super admins read of the tenant, newest first; with `changes` also of what they changed, such as persons that they
   * erased.
   */
  async listAccess(query: Pick<ListQuery, "page" | "size" | "cursor"> & { changes?: boolean } = {}): Promise<Page<AccessEntry>> {
    return (await this.get("/api/v1/sdk-chat/access", { query })).data;
  }

  /** A page of the audit trail, newest first; for the backoffice. `from` and `to` are instants with an offset, or dates in `tz` (UTC). */
  async listAudit(
    query: Omit<ListQuery, "profile_id"> & { subject?: string; tenant_id?: string; action?: string; from?: string; to?: string } = {},
  ): Promise<Page<AuditEntry>> {
    return (await this.get("/api/v1/admin/audit", { query })).data;
  }

  /** As `fetch`, with the credential. Answers whatever the status. */
  async fetch(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const { token, apiKey, fetch: send = fetch } = this.#options;
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set("Authorization", `Bearer ${typeof token === "string" ? token : await token()}`);
    if (apiKey !== undefined) headers.set("X-API-KEY", apiKey);
    return send(url, { ...init, headers, credentials: this.hasCredential ? "omit" : "include" });
  }

  async #wait(address: string, until: (chat: ChatDetail) => boolean, signal?: AbortSignal): Promise<ChatDetail> {
    const headers: Record<string, string> = { Prefer: "wait=20" };
    const init: RequestInit = signal === undefined ? { headers, cache: "no-store" } : { headers, cache: "no-store", signal };
    for (;;) {
      const asked = Date.now();
      const answer = await this.#send<ChatDetail>(address, init);
      if (answer.status !== 304) {
        if (until(answer.data)) return answer.data;
        headers["If-None-Match"] = answer.etag ?? "";
      } else if (Date.now() - asked < 1000) {
        // The service is full or stopping: `Preference-Applied` says so too, but pages of other origins cannot read it.
        await pause(1000, signal);
      }
    }
  }

  async *#rows<T>(address: string, query: object, signal?: AbortSignal): AsyncGenerator<T> {
    const response = await this.fetch(this.baseUrl + withQuery(address, { ...query, format: "ndjson" }),
      signal === undefined ? {} : { signal });
    if (!response.ok) throw await SdkChatError.of(response);
    yield* readLines<T>(response.body!);
  }

  #call<M extends Method, P extends keyof paths>(method: M, path: P, input: object): Promise<Answer<Data<M, P>>> {
    const { path: values = {}, query = {}, header = {}, body } = input as Record<string, Record<string, unknown> | undefined>;
    const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
    const init: RequestInit = { method: method.toUpperCase(), headers: texts(header) };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { ...init.headers, "Content-Type": "application/json" };
    }
    return this.#send(withQuery(address, query), init);
  }

  async #write<T>(method: "POST" | "PATCH" | "DELETE", address: string, body?: object): Promise<T> {
    const init: RequestInit = body === undefined
      ? { method }
      : { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
    return (await this.#send<T>(address, init)).data;
  }

  async #send<T>(address: string, init: RequestInit): Promise<Answer<T>> {
    const response = await this.fetch(this.baseUrl + address, init);
    if (!response.ok && response.status !== 304) throw await SdkChatError.of(response);
    const body = response.status === 304 || response.status === 204 ? { data: null } : await response.json();
    return {
      data: body.data,
      status: response.status,
      etag: response.headers.get("etag"),
      next: withoutPath(/<([^>]*)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1] ?? null, this.baseUrl),
      requestId: response.headers.get("x-request-id"),
    };
  }
}

function keysOf(tenant_id: string | undefined): string {
  return tenant_id === undefined ? "/api/v1/api-keys" : `/api/v1/admin/tenants/${encodeURIComponent(tenant_id)}/api-keys`;
}

/** The service writes its whole path into links, unless a proxy removes the path and the service does not know it. */
function withoutPath(link: string | null, baseUrl: string): string | null {
  const path = /^(?:\w+:\/\/[^/]*)?(\/.*)?$/.exec(baseUrl)?.[1];
  return path !== undefined && (link?.startsWith(`${path}/api/`) || link?.startsWith(`${path}/v1/`)) ? link.slice(path.length) : link;
}

function withQuery(address: string, query: object): string {
  const search = new URLSearchParams(texts(query as Record<string, unknown>)).toString();
  return search ? `${address}?${search}` : address;
}

function texts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values)
    .filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]));
}
