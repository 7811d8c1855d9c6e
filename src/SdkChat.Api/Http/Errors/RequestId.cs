using System.Buffers;

namespace SdkChat.Api.Http.Errors;

/// <summary>
/// Assigns an id to each request, so that a caller can refer to it: the caller's <c>X-Request-Id</c> if it is valid (it is logged),
/// otherwise a new one.
/// </summary>
internal static class RequestId
{
    public const string Header = "X-Request-Id";

    private const int MaxLength = 128;

    private static readonly SearchValues<char> Sane =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/+=");

    public static string Get(HttpRequest request)
    {
        var sent = request.Headers[Header];
        return sent.Count == 1 && sent[0] is { Length: > 0 and <= MaxLength } id && !id.AsSpan().ContainsAnyExcept(Sane)
            ? id
            : Guid.CreateVersion7().ToString("n");
    }
}
