using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Common.Documents;

/// <summary>How large a document of a caller may be (contract, section 8.9).</summary>
public static class DocumentLimit
{
    /// <summary>Of the JSON text as storage writes it: <c>1e131071</c> counts as the 131,072 digits that it stands for.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <param name="what">What is too large, at the beginning of a sentence.</param>
    public static SdkChatException TooLarge(string what) =>
        new(ErrorCode.PayloadTooLarge, $"{what} is larger than {MaxBytes / 1024} KiB as JSON text, numbers written out.");
}
