using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SdkChat.Domain.Tenants;

/// <summary>
/// The name of a tenant in host names and SDK keys: one DNS label, lower case, 1 to 63 characters of a-z, 0-9 and inner hyphens. It never
/// changes. <c>admin</c> and <c>api</c> are hosts of the service itself and are not valid (contract, section 1).
/// </summary>
public readonly record struct TenantCode
{
    public const int MaxLength = 63;

    private static readonly string[] Reserved = ["admin", "api"];

    private TenantCode(string value) => Value = value;

    public string Value { get; }

    /// <summary>
    /// Parses a code as an operator types it. Upper case becomes lower case; any other text that is not a code is rejected.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TenantCode code)
    {
        code = default;
        // In lower case, some letters outside ASCII become ASCII letters: the Kelvin sign would become k.
        if (text is null || !Ascii.IsValid(text))
            return false;

        var folded = text.ToLowerInvariant();
        if (!IsLabel(folded) || Reserved.Contains(folded))
            return false;

        code = new TenantCode(folded);
        return true;
    }

    public override string ToString() => Value;

    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= MaxLength
        && text[0] != '-'
        && text[^1] != '-'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
