import type { Failure, FailureCode } from "./types.js";

/** A call that the service refused, or that something before the service did. */
export class SdkChatError extends Error {
  override readonly name = "SdkChatError";

  constructor(
    readonly status: number,
    /** What a program may decide by. Null where the answer was not the service's own, such as a proxy's. */
    readonly code: FailureCode | null,
    message: string,
    /** What is wrong, by parameter; with `VALIDATION_FAILED` alone. */
    readonly errors: Record<string, string[]> | undefined,
    /** When it is worth trying again; null where the answer did not say. */
    readonly retryAfterSeconds: number | null,
    /** The answer's `X-Request-Id`, for the service's operators. */
    readonly requestId: string | null,
  ) {
    super(message);
  }

  static async of(response: Response): Promise<SdkChatError> {
    const failure: Partial<Failure> = await response.json().catch(() => ({}));
    const seconds = Number(response.headers.get("retry-after") ?? NaN);
    return new SdkChatError(
      response.status,
      failure.code ?? null,
      failure.message ?? `The answer was ${response.status}.`,
      failure.errors,
      Number.isFinite(seconds) ? seconds : null,
      response.headers.get("x-request-id"),
    );
  }
}
