import type { AdminChatListItem, ChatDetail, ChatListItem, Data, Input, Page, PathOf } from "./types.js";
/** A token, or who knows the present one: asked before every call and every opening of the stream. */
export type TokenSource = string | (() => string | Promise<string>);
export interface ClientOptions {
    /** Where the service is, such as `https://demo.ones1ght.com`. Default: where the page is from. */
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
    page?: number;
    size?: number;
    cursor?: string;
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
export declare class SdkChatClient {
    #private;
    readonly baseUrl: string;
    constructor(options?: ClientOptions);
    /** Whether calls go with a header of their own, rather than with the page's cookie. */
    get hasCredential(): boolean;
    get<P extends PathOf<"get">>(path: P, input: Input<"get", P>): Promise<Answer<Data<"get", P>>>;
    post<P extends PathOf<"post">>(path: P, input: Input<"post", P>): Promise<Answer<Data<"post", P>>>;
    put<P extends PathOf<"put">>(path: P, input: Input<"put", P>): Promise<Answer<Data<"put", P>>>;
    delete<P extends PathOf<"delete">>(path: P, input: Input<"delete", P>): Promise<Answer<Data<"delete", P>>>;
    /** A page of the tenant's chats, newest first. */
    listChats(query?: ListQuery): Promise<Page<ChatListItem>>;
    /** The tenant's chats from the newest on, page by page: none twice and none skipped, whatever arrives meanwhile. */
    chats(query?: Omit<ListQuery, "page" | "cursor">): AsyncGenerator<ChatListItem>;
    /** One of the tenant's chats, with its result. */
    getChat(chat_id: string): Promise<ChatDetail>;
    /** A page of all tenants' chats, for the backoffice. */
    listAllChats(query?: ListQuery & {
        tenant_id?: string;
    }): Promise<Page<AdminChatListItem>>;
    /** Any tenant's chat, for the backoffice. */
    getAnyChat(chat_id: string): Promise<ChatDetail>;
    /** As `fetch`, with the credential. Answers whatever the status. */
    fetch(url: string | URL, init?: RequestInit): Promise<Response>;
}
