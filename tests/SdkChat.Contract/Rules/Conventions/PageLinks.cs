using System.Text.RegularExpressions;
using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Rules.Conventions;

/// <summary>Reads the <c>Link</c> header of a list (RFC 8288).</summary>
internal static partial class PageLinks
{
    /// <summary>The targets by relation, as they were sent.</summary>
    public static Dictionary<string, string> Parse(Answer answer) =>
        Form().Matches(answer.Header("Link")).GroupBy(link => link.Groups["rel"].Value)
            .ToDictionary(links => links.Key, links => links.First().Groups["target"].Value);

    [GeneratedRegex("""<(?<target>[^>]*)>\s*;\s*rel="?(?<rel>[a-z]+)"?""")]
    private static partial Regex Form();
}
