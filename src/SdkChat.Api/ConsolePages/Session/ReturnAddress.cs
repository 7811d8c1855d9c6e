using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Where a sign-in ends: always the page itself, so it can never lead to another site. A caller chooses only the view, which is the part
/// after <c>#</c>.
/// </summary>
internal static class ReturnAddress
{
    /// <summary>The query parameter with the reason of a failed sign-in.</summary>
    public const string Reason = "sign_in";

    /// <summary>Longer views are dropped: the view is part of the state, which providers limit.</summary>
    private const int MaxView = 1500;

    /// <summary>The characters of a fragment (RFC 3986).</summary>
    private static readonly SearchValues<char> ViewCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?%");

    /// <param name="address">The address of the page.</param>
    /// <param name="view">As the page sends it, with its <c>#</c>. A text that is no view is ignored.</param>
    public static string Create(string address, StringValues view) =>
        view is [{ Length: <= MaxView } text]
        && text.StartsWith("#/", StringComparison.Ordinal) && !text.AsSpan(1).ContainsAnyExcept(ViewCharacters)
            ? address + text
            : address;

    /// <summary>The same address with the reason of a failure.</summary>
    public static string With(string address, string reason)
    {
        var view = address.IndexOf('#', StringComparison.Ordinal);
        return view < 0 ? $"{address}?{Reason}={reason}" : $"{address[..view]}?{Reason}={reason}{address[view..]}";
    }
}
