// backoff
export interface Backoff {
    base?: number;
    max?: number;
}
export declare function waitAfter(failures: number, { base, max }?: Backoff, random?: () => number): number;
// client
export type TokenSource = string | (() => string | Promise<string>);
export interface ClientOptions {
    baseUrl?: string;
    token?: TokenSource;
    apiKey?: string;
    fetch?: typeof fetch;
}
export interface ListQuery {
    profile_id?: string;
    page?: number;
    size?: number;
    cursor?: string;
}
export interface Answer<T> {
    data: T;
    status: number;
    etag: string | null;
    next: string | null;
    requestId: string | null;
}
export declare class SdkChatClient {
    #private;
    readonly baseUrl: string;
    constructor(options?: ClientOptions);
    get hasCredential(): boolean;
    get<P extends PathOf<"get">>(path: P, input: Input<"get", P>): Promise<Answer<Data<"get", P>>>;
    post<P extends PathOf<"post">>(path: P, input: Input<"post", P>): Promise<Answer<Data<"post", P>>>;
    put<P extends PathOf<"put">>(path: P, input: Input<"put", P>): Promise<Answer<Data<"put", P>>>;
    delete<P extends PathOf<"delete">>(path: P, input: Input<"delete", P>): Promise<Answer<Data<"delete", P>>>;
    listChats(query?: ListQuery): Promise<Page<ChatListItem>>;
    chats(query?: Omit<ListQuery, "page" | "cursor">): AsyncGenerator<ChatListItem>;
    getChat(chat_id: string): Promise<ChatDetail>;
    listAllChats(query?: ListQuery & {
        tenant_id?: string;
    }): Promise<Page<AdminChatListItem>>;
    getAnyChat(chat_id: string): Promise<ChatDetail>;
    fetch(url: string | URL, init?: RequestInit): Promise<Response>;
}
// errors
export declare class SdkChatError extends Error {
    readonly status: number;
    readonly code: FailureCode | null;
    readonly errors: Record<string, string[]> | undefined;
    readonly retryAfterSeconds: number | null;
    readonly requestId: string | null;
    readonly name = "SdkChatError";
    constructor(status: number, 
    code: FailureCode | null, message: string, 
    errors: Record<string, string[]> | undefined, 
    retryAfterSeconds: number | null, 
    requestId: string | null);
    static of(response: Response): Promise<SdkChatError>;
}
// event-source
export interface EventSourceLike {
    readonly readyState: number;
    addEventListener(type: string, listener: (event: {
        data?: unknown;
    }) => void): void;
    close(): void;
}
export interface OpenedSource {
    source: EventSourceLike;
    refusal(): SdkChatError | null;
}
// events
export interface ChatEvents {
    chat_completed: {
        profile_id: string;
        chat_id: string;
    };
    backlist_triggered: {
        profile_id: string;
        chat_id: string;
        notification_items: unknown[];
    };
}
export type StreamState = 
"connecting"
 | "live"
 | "reconnecting"
 | "signed-out"
 | "forbidden"
 | "waiting"
 | "closed";
// stream
export interface StreamOptions {
    refetch?: (why: "first" | "gap") => void | Promise<void>;
    state?: (state: StreamState, refusal: SdkChatError | null) => void;
    error?: (error: unknown) => void;
    watchdog?: number;
    backoff?: Backoff;
    open?: (client: SdkChatClient, url: string) => OpenedSource | Promise<OpenedSource>;
    random?: () => number;
}
export declare class SdkChatStream {
    #private;
    constructor(client: SdkChatClient, options?: StreamOptions);
    get state(): StreamState;
    on<E extends keyof ChatEvents>(event: E, listener: (data: ChatEvents[E]) => void): () => void;
    open(): void;
    close(): void;
}
// types
export type ChatListItem = Schemas["ChatListItem"];
export type AdminChatListItem = Schemas["AdminChatListItem"];
export type ChatDetail = Schemas["ChatDetail"];
export type ChatStatus = Schemas["ChatStatus"];
export type ProfileSummary = Schemas["ProfileSummary"];
export type Failure = Schemas["Failure"];
export type FailureCode = Failure["code"];
export type Method = "get" | "put" | "post" | "delete";
export type PathOf<M extends Method> = {
    [P in keyof paths]: paths[P] extends Record<M, {
        responses: unknown;
    }> ? P : never;
}[keyof paths];
export type Input<M extends Method, P extends keyof paths> = Operation<M, P> extends {
    parameters: {
        path?: infer Path;
        query?: infer Query;
        header?: infer Header;
    };
} ? Part<"path", Path> & Part<"query", Query | undefined> & Part<"header", Header | undefined> & Part<"body", Body<Operation<M, P>>> : never;
export type Data<M extends Method, P extends keyof paths> = Operation<M, P> extends {
    responses: infer R;
} ? {
    [S in keyof R]: S extends 200 | 202 ? Json<R[S]> : never;
}[keyof R] extends {
    data: infer D;
} ? D : never : never;
export type Page<T> = {
    items: T[];
    total: number;
    page: number;
    size: number;
};
