using System.Collections.Frozen;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Errors;

/// <summary>The contract's error table (section 2): every <see cref="ErrorCode"/>, its status and its name on the wire.</summary>
internal static class ErrorTable
{
    private static readonly FrozenDictionary<ErrorCode, ErrorRow> Rows = new Dictionary<ErrorCode, ErrorRow>
    {
        [ErrorCode.ValidationFailed] = new(400, "VALIDATION_FAILED", "The request is not valid."),
        [ErrorCode.MalformedJson] = new(400, "MALFORMED_JSON", "The body is not one well-formed JSON value."),
        [ErrorCode.Unauthenticated] = new(401, "UNAUTHENTICATED", "A valid credential is required."),
        [ErrorCode.Forbidden] = new(403, "FORBIDDEN", "The credential lacks the required role."),
        [ErrorCode.TenantMismatch] = new(403, "TENANT_MISMATCH", "The credential belongs to another tenant than the one addressed."),
        [ErrorCode.TenantDisabled] = new(403, "TENANT_DISABLED", "The tenant is disabled."),
        [ErrorCode.OriginNotAllowed] = new(403, "ORIGIN_NOT_ALLOWED", "Pages of this origin may not call the service."),
        [ErrorCode.Blocked] = new(403, "BLOCKED", "The user is blocked."),
        [ErrorCode.NotFound] = new(404, "NOT_FOUND", "There is nothing at this address."),
        [ErrorCode.ChatNotFound] = new(404, "CHAT_NOT_FOUND", "There is no such chat."),
        [ErrorCode.ProfileNotFound] = new(404, "PROFILE_NOT_FOUND", "There is no such profile."),
        [ErrorCode.StreamNotFound] = new(404, "STREAM_NOT_FOUND", "There is no such stream."),
        [ErrorCode.TenantNotFound] = new(404, "TENANT_NOT_FOUND", "There is no such tenant."),
        [ErrorCode.ApiKeyNotFound] = new(404, "API_KEY_NOT_FOUND", "There is no such key."),
        [ErrorCode.BlockNotFound] = new(404, "BLOCK_NOT_FOUND", "There is no such block."),
        [ErrorCode.ScreenNotFound] = new(404, "SCREEN_NOT_FOUND", "There is no such screen."),
        [ErrorCode.FloorPlanNotFound] = new(404, "FLOOR_PLAN_NOT_FOUND", "The tenant has no floor plan."),
        [ErrorCode.MethodNotAllowed] = new(405, "METHOD_NOT_ALLOWED", "This address does not know the method; Allow names those it knows."),
        [ErrorCode.NotAcceptable] = new(406, "NOT_ACCEPTABLE", "The answer cannot be given in any media type that Accept names."),
        [ErrorCode.PayloadTooLarge] = new(413, "PAYLOAD_TOO_LARGE", "The body is larger than 64 KiB."),
        [ErrorCode.UnsupportedMediaType] = new(415, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8."),
        [ErrorCode.SessionActive] = new(409, "SESSION_ACTIVE", "The profile has an active session."),
        [ErrorCode.NoActiveSession] = new(409, "NO_ACTIVE_SESSION", "The profile has no active session."),
        [ErrorCode.ChatNotCompleted] = new(409, "CHAT_NOT_COMPLETED", "The chat has no result."),
        [ErrorCode.ChatEnded] = new(409, "CHAT_ENDED", "The chat has been ended."),
        [ErrorCode.IdempotencyMismatch] = new(409, "IDEMPOTENCY_MISMATCH", "The Idempotency-Key was used with another request."),
        [ErrorCode.TenantExists] = new(409, "TENANT_EXISTS", "There is a tenant with this code already."),
        [ErrorCode.TooManyKeys] = new(409, "TOO_MANY_KEYS", "The tenant has as many keys as it may have."),
        [ErrorCode.TooManyScreens] = new(409, "TOO_MANY_SCREENS", "The tenant has as many screens as it may have."),
        [ErrorCode.RateLimited] = new(429, "RATE_LIMITED", "Too many requests.", RetryAfterSeconds: 1),
        [ErrorCode.TooManyStreams] = new(429, "TOO_MANY_STREAMS", "Too many open streams.", RetryAfterSeconds: 30),
        [ErrorCode.Internal] = new(500, "INTERNAL", "Something went wrong on our side."),
        [ErrorCode.Unavailable] = new(
            503, "UNAVAILABLE", "The service cannot answer right now. Try again in a moment.", RetryAfterSeconds: 2),
    }.ToFrozenDictionary();

    public static ErrorRow Get(ErrorCode code) => Rows[code];

    /// <summary>The code for a failure that has only a status, such as those of routing.</summary>
    public static ErrorCode ForStatus(int status) => status switch
    {
        401 => ErrorCode.Unauthenticated,
        403 => ErrorCode.Forbidden,
        404 => ErrorCode.NotFound,
        405 => ErrorCode.MethodNotAllowed,
        406 => ErrorCode.NotAcceptable,
        413 => ErrorCode.PayloadTooLarge,
        415 => ErrorCode.UnsupportedMediaType,
        429 => ErrorCode.RateLimited,
        503 => ErrorCode.Unavailable,
        >= 500 => ErrorCode.Internal,
        _ => ErrorCode.ValidationFailed,
    };
}
