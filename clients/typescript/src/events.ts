/** What the stream says, by the name of the event: see docs/asyncapi.yaml. */
export interface ChatEvents {
  /** A chat was started. Only with the option `events`. */
  chat_started: { profile_id: string; chat_id: string };
  /** A chat has no result and an error; null if it was erased meanwhile. Only with the option `events`. */
  chat_failed: { profile_id: string; chat_id: string; last_error: string | null };
  /** A shopper ended a chat. Only with the option `events`. */
  chat_ended: { profile_id: string; chat_id: string };
  /** A chat has its result. */
  chat_completed: { profile_id: string; chat_id: string };
  /** A shopper reached the back list. The items are the pipeline's own, in whatever shape. */
  backlist_triggered: { profile_id: string; chat_id: string; notification_items: unknown[] };
}

/** How the stream stands. */
export type StreamState =
  /** Being opened for the first time. */
  | "connecting"
  /** Events arrive as they happen. */
  | "live"
  /** Broken off; it comes back by itself. */
  | "reconnecting"
  /** 401: it comes back once there is a good credential. */
  | "signed-out"
  /** 403: not this tenant's admin, or the tenant is disabled. It keeps asking, slowly. */
  | "forbidden"
  /** 429, or a service that is not ready: it comes back when it was told to. */
  | "waiting"
  /** Closed by whoever opened it. */
  | "closed";
