import type { FailureCode } from "./types.js";
/** A call that the service refused, or that something before the service did. */
export declare class SdkChatError extends Error {
    readonly status: number;
    /** What a program may decide by. Null where the answer was not the service's own, such as a proxy's. */
    readonly code: FailureCode | null;
    /** What is wrong, by parameter; with `VALIDATION_FAILED` alone. */
    readonly errors: Record<string, string[]> | undefined;
    /** When it is worth trying again; null where the answer did not say. */
    readonly retryAfterSeconds: number | null;
    /** The answer's `X-Request-Id`, for the service's operators. */
    readonly requestId: string | null;
    readonly name = "SdkChatError";
    constructor(status: number, 
    /** What a program may decide by. Null where the answer was not the service's own, such as a proxy's. */
    code: FailureCode | null, message: string, 
    /** What is wrong, by parameter; with `VALIDATION_FAILED` alone. */
    errors: Record<string, string[]> | undefined, 
    /** When it is worth trying again; null where the answer did not say. */
    retryAfterSeconds: number | null, 
    /** The answer's `X-Request-Id`, for the service's operators. */
    requestId: string | null);
    static of(response: Response): Promise<SdkChatError>;
}
