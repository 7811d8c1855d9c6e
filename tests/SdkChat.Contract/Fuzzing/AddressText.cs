namespace SdkChat.Contract.Fuzzing;

/// <summary>Text in an address.</summary>
internal static class AddressText
{
    /// <summary>Percent-encoded. A segment of dots would lead to another address, and an empty one to another route.</summary>
    public static string Encode(string text) => text switch
    {
        "." or ".." => text.Replace(".", "%2e", StringComparison.Ordinal),
        "%" or "%%" => text,
        _ => Uri.EscapeDataString(text),
    };
}
