import type { components, operations, paths } from "./schema.js";

export type { components, operations, paths };

type Schemas = components["schemas"];

export type ChatListItem = Schemas["ChatListItem"];
export type AdminChatListItem = Schemas["AdminChatListItem"];
export type ChatCounts = Schemas["ChatCounts"];
export type ChatDetail = Schemas["ChatDetail"];
export type ChatStatus = Schemas["ChatStatus"];
export type Stats = Schemas["ChatStats"];
export type AdminStats = Schemas["AdminChatStats"];
export type Timeline = Schemas["Timeline"];
export type TimelineItem = Schemas["TimelineItem"];
export type ProfileHistory = Schemas["ProfileHistory"];
export type ProfileSession = Schemas["ProfileSession"];
export type ProfileSummary = Schemas["ProfileSummary"];
export type AccessEntry = Schemas["AccessEntry"];
export type AuditEntry = Schemas["AuditEntry"];
export type ApiKey = Schemas["ApiKey"];
export type Block = Schemas["Block"];
export type ErasedProfile = Schemas["ErasedProfile"];
export type CreatedApiKey = Schemas["CreatedApiKey"];
export type AddedScreen = Schemas["AddedScreen"];
export type Screen = Schemas["Screen"];
export type TenantOverview = Schemas["TenantOverview"];
export type TenantOverviewPage = Schemas["TenantOverviewPage"];
export type Tenant = Schemas["Tenant"];
export type Failure = Schemas["Failure"];
export type FailureCode = Failure["code"];

export type Method = "get" | "put" | "post" | "delete";

/** The addresses that know a method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends keyof paths> = paths[P] extends Record<M, infer O> ? O : never;

type Part<Name extends string, T> = [T] extends [undefined] ? unknown
  : undefined extends T ? { [K in Name]?: NonNullable<T> } : { [K in Name]: T };

type Json<T> = T extends { content: { "application/json": infer Body } } ? Body : never;

/** What a call takes: the parts that its operation has, by the names of the document. */
export type Input<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { parameters: { path?: infer Path; query?: infer Query; header?: infer Header } }
    ? Part<"path", Path> & Part<"query", Query | undefined> & Part<"header", Header | undefined> & Part<"body", Body<Operation<M, P>>>
    : never;

type Body<O> = O extends { requestBody: infer B } ? Json<B>
  : O extends { requestBody?: infer B } ? Json<NonNullable<B>> | undefined : undefined;

/** What a call answers when all is well, out of its envelope. */
export type Data<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { responses: infer R }
    ? { [S in keyof R]: S extends 200 | 202 ? Json<R[S]> : never }[keyof R] extends { data: infer D } ? D : never
    : never;

export type Page<T> = { items: T[]; total: number; page: number; size: number };
