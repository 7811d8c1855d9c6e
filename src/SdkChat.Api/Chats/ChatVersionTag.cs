using System.Globalization;
using SdkChat.Api.Http;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>
/// The <c>ETag</c> of a poll, <c>W/"1-{revision}-{updated_at}"</c>: unlike a hash of the body it can be compared without reading the
/// result.
/// </summary>
internal static class ChatVersionTag
{
    /// <summary>Changes with the shape of the response, so that a tag from before an upgrade does not fit.</summary>
    private const string Shape = "1";

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static WeakETag Create(ChatVersion version) =>
        WeakETag.FromText(FormattableString.Invariant($"{Shape}-{version.Revision}-{version.UpdatedAt.ToUnixTimeMilliseconds()}"));

    /// <summary>The first version in <c>If-None-Match</c>; null if the request names none.</summary>
    public static ChatVersion? Find(HttpRequest request)
    {
        if (request.Headers.IfNoneMatch.Count == 0)
            return null;

        foreach (var tag in request.GetTypedHeaders().IfNoneMatch)
        {
            if (Parse(tag.Tag.AsSpan().Trim('"')) is { } version)
                return version;
        }

        return null;
    }

    private static ChatVersion? Parse(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[4];
        return text.Split(parts, '-') == 3
            && text[parts[0]].SequenceEqual(Shape)
            && int.TryParse(text[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            && long.TryParse(text[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var updatedAt)
            && updatedAt <= Latest
            ? new ChatVersion(revision, DateTimeOffset.FromUnixTimeMilliseconds(updatedAt))
            : null;
    }
}
