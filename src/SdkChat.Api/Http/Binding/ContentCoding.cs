using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.Binding;

/// <summary>Refuses compressed bodies of any media type: a few bytes could expand to gigabytes.</summary>
internal static class ContentCoding
{
    /// <exception cref="SdkChatException">The body is compressed.</exception>
    public static void CheckIdentity(HttpRequest request)
    {
        foreach (var coding in request.Headers.ContentEncoding)
        {
            if (!string.IsNullOrWhiteSpace(coding) && !coding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase))
            {
                throw new SdkChatException(
                    ErrorCode.UnsupportedMediaType, "The body must be sent as it is: Content-Encoding can only be identity.");
            }
        }
    }
}
