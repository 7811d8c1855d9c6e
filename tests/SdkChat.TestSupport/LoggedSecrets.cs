using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SdkChat.TestSupport;

/// <summary>
/// What no log may hold: tokens and keys, which are known by their looks, and passwords, signing secrets and prompts, which are
/// remembered when they are used.
/// </summary>
public static partial class LoggedSecrets
{
    /// <summary>A shorter prompt may be a word that is logged for another reason.</summary>
    private const int ShortestPrompt = 8;

    private static readonly ConcurrentQueue<string> New = new();
    private static readonly ConcurrentDictionary<string, bool> Known = new(
        [new(TestTokens.TenantSecret, true), new(TestTokens.BackofficeSecret, true)], StringComparer.Ordinal);

    private static (int Count, SearchValues<string> Values) _search = (0, SearchValues.Create([], StringComparison.Ordinal));

    public static void Logged(string text) => New.Enqueue(text);

    public static void Remember(string? secret)
    {
        if (!string.IsNullOrEmpty(secret))
            Known.TryAdd(secret, true);
    }

    /// <summary>The prompt that a request brings, if it brings one.</summary>
    public static async Task RememberPromptAsync(HttpContent? content)
    {
        if (content?.Headers.ContentType is not { MediaType: "application/json" })
            return;

        try
        {
            using var body = JsonDocument.Parse(await content.ReadAsByteArrayAsync());
            if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("prompt", out var prompt)
                && prompt.ValueKind == JsonValueKind.String && prompt.GetString()!.Trim() is { Length: >= ShortestPrompt } text)
                Remember(text);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A test of bodies that are no JSON.
        }
    }

    /// <summary>The lines, of all that were logged since the last look, that tell a secret.</summary>
    public static IReadOnlyList<string> FindNew()
    {
        var lines = new List<string>();
        while (New.TryDequeue(out var line))
            lines.Add(line);
        return Find(lines);
    }

    public static IReadOnlyList<string> Find(IEnumerable<string> lines)
    {
        var search = Search();
        return [.. lines.Where(line => Looks().IsMatch(line) || line.AsSpan().ContainsAny(search))];
    }

    private static SearchValues<string> Search()
    {
        var search = _search;
        if (search.Count != Known.Count)
        {
            string[] known = [.. Known.Keys];
            _search = search = (known.Length, SearchValues.Create(known, StringComparison.Ordinal));
        }

        return search.Values;
    }

    /// <summary>A JWT, or an SDK key whole. A key's prefix, by which people tell keys apart, is shorter.</summary>
    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]{8,}\.|osk_[a-z0-9-]+_[\w-]{16,}", RegexOptions.NonBacktracking)]
    private static partial Regex Looks();
}
