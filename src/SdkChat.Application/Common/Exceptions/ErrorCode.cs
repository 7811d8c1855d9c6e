namespace SdkChat.Application.Common.Exceptions;

/// <summary>
/// The error codes of the contract (section 2). The Api's error table maps each to its HTTP status and its name on the wire.
/// </summary>
public enum ErrorCode
{
    ValidationFailed,
    MalformedJson,
    Unauthenticated,
    Forbidden,
    TenantMismatch,
    TenantDisabled,
    OriginNotAllowed,
    Blocked,
    NotFound,
    ChatNotFound,
    ProfileNotFound,
    StreamNotFound,
    TenantNotFound,
    ApiKeyNotFound,
    BlockNotFound,
    ScreenNotFound,
    FloorPlanNotFound,
    MethodNotAllowed,
    NotAcceptable,
    PayloadTooLarge,
    UnsupportedMediaType,
    SessionActive,
    NoActiveSession,
    ChatNotCompleted,
    ChatEnded,
    IdempotencyMismatch,
    TenantExists,
    TooManyKeys,
    TooManyScreens,
    RateLimited,
    TooManyStreams,
    Internal,
    Unavailable,
}
