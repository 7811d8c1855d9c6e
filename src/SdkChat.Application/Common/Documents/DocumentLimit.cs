using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Common.Documents;

/// <summary>The maximum size of a document that a caller sends (contract, section 8.9).</summary>
public static class DocumentLimit
{
    /// <summary>Bytes of the JSON text as storage writes it: <c>1e131071</c> counts as 131,072 digits.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <param name="what">The document that is too large, as the beginning of a sentence.</param>
    public static SdkChatException TooLarge(string what) =>
        new(ErrorCode.PayloadTooLarge, $"{what} is larger than {MaxBytes / 1024} KiB as JSON text, numbers written out.");
}
