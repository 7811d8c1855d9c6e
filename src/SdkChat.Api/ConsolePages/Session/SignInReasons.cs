using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Why a sign-in at a provider failed, as the page is told: a code of the error table if the service refuses the token, otherwise one of
/// these.
/// </summary>
internal static class SignInReasons
{
    /// <summary>The user, or a rule of the provider, denied the sign-in.</summary>
    public const string Denied = "PROVIDER_DENIED";

    public const string Unavailable = "PROVIDER_UNAVAILABLE";

    /// <summary>The provider reports an error, or its response is not valid. The log has the details.</summary>
    public const string Failed = "PROVIDER_FAILED";

    public const string TooLong = "TOKEN_TOO_LONG";

    /// <summary>The session has ended here, but perhaps not at the provider.</summary>
    public const string StillAtProvider = "PROVIDER_SESSION";

    private const int MaxLogged = 300;

    public static string From(ErrorCode refusal) => ErrorTable.Get(refusal).Code;

    /// <returns>Null for a callback that is forged, repeated or too late: no sign-in of this browser can continue with it.</returns>
    public static string? From(Exception? failure) => failure switch
    {
        null or AuthenticationFailureException => null,
        OpenIdConnectProtocolInvalidNonceException => null,
        OpenIdConnectProtocolException when ErrorOf(failure) is "invalid_grant" => null,
        OpenIdConnectProtocolException when ErrorOf(failure) is "temporarily_unavailable" or "server_error" => Unavailable,
        _ => IsUnavailable(failure) ? Unavailable : Failed,
    };

    /// <summary>Whether the provider could not be reached: metadata that cannot be read is an InvalidOperationException.</summary>
    public static bool IsUnavailable(Exception failure) =>
        failure is HttpRequestException or IOException or OperationCanceledException
        || (failure is InvalidOperationException && failure.InnerException is { } inner && IsUnavailable(inner));

    /// <summary>Whether the provider could not be reached, or has metadata that cannot be used.</summary>
    public static bool IsUnusable(Exception failure) => IsUnavailable(failure) || failure is InvalidOperationException;

    /// <summary>For the log. What reads the metadata hides the reason behind an exception of its own.</summary>
    public static string Describe(Exception failure) =>
        failure is InvalidOperationException { InnerException: { } reason }
            ? Describe(reason)
            : PrintableText.Create(failure.Message, MaxLogged);

    private static string? ErrorOf(Exception failure) => failure.Data["error"] as string;
}
