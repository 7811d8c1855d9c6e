/** A call that the service refused, or that something before the service did. */
export class SdkChatError extends Error {
    status;
    code;
    errors;
    retryAfterSeconds;
    requestId;
    name = "SdkChatError";
    constructor(status, 
    /** What a program may decide by. Null where the answer was not the service's own, such as a proxy's. */
    code, message, 
    /** What is wrong, by parameter; with `VALIDATION_FAILED` alone. */
    errors, 
    /** When it is worth trying again; null where the answer did not say. */
    retryAfterSeconds, 
    /** The answer's `X-Request-Id`, for the service's operators. */
    requestId) {
        super(message);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.retryAfterSeconds = retryAfterSeconds;
        this.requestId = requestId;
    }
    static async of(response) {
        const failure = await response.json().catch(() => ({}));
        const seconds = Number(response.headers.get("retry-after") ?? NaN);
        return new SdkChatError(response.status, failure.code ?? null, failure.message ?? `The answer was ${response.status}.`, failure.errors, Number.isFinite(seconds) ? seconds : null, response.headers.get("x-request-id"));
    }
}
//# sourceMappingURL=errors.js.map