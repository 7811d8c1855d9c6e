export { waitAfter, type Backoff } from "./backoff.js";
export {
  SdkChatClient, type Answer, type ChatFilter, type ClientOptions, type ListQuery, type StatsQuery, type TokenSource,
} from "./client.js";
export { SdkChatError } from "./errors.js";
export type { EventSourceLike, OpenedSource } from "./event-source.js";
export type { ChatEvents, StreamState } from "./events.js";
export { SdkChatStream, type StreamOptions } from "./stream.js";
export type * from "./types.js";
