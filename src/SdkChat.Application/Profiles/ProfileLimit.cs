using SdkChat.Application.Common.Documents;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Profiles;

/// <summary>The limits of a profile document, checked before it is stored.</summary>
public static class ProfileLimit
{
    /// <summary>The error for a document, or a merge, larger than <see cref="DocumentLimit.MaxBytes"/>. Nothing was stored.</summary>
    public static SdkChatException TooLarge() => DocumentLimit.TooLarge("The profile document");

    /// <summary>
    /// The error for reading a document that an earlier version stored without a limit. Storage does not send it. The client can delete the
    /// profile or overwrite its large members.
    /// </summary>
    public static SdkChatException StoredTooLarge() => DocumentLimit.TooLarge("The stored profile document");

    /// <param name="document">A JSON object, of a new profile or to be merged into one.</param>
    /// <exception cref="UnstorableProfileException">Storage cannot hold it.</exception>
    /// <exception cref="SdkChatException">It is too large by itself.</exception>
    internal static void Check(RawJson document)
    {
        var length = JsonbText.Length(document.Utf8.Span, out var isStorable);
        if (!isStorable)
            throw new UnstorableProfileException();
        if (length > DocumentLimit.MaxBytes)
            throw TooLarge();
    }
}
