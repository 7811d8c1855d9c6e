using System.Text.Json;
using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>The names of recommended items, which have any shape: what has no name is left out.</summary>
internal static class ItemNames
{
    private const int MaxLength = 200;
    private const int Shown = 20;

    /// <summary>The names that most results have.</summary>
    public static IReadOnlyList<TextCount> MostFrequent(IEnumerable<byte[]> results)
    {
        var names = from result in results
                    from name in Read(result)
                    group name by name into same
                    orderby same.LongCount() descending, same.Key
                    select new TextCount(same.Key, same.LongCount());
        return [.. names.Take(Shown)];
    }

    /// <returns>Each name once.</returns>
    public static IReadOnlySet<string> Read(byte[] items)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(items, new JsonDocumentOptions { MaxDepth = 512 });
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in document.RootElement.EnumerateArray())
                {
                    if (NameOf(item) is { Length: > 0 and <= MaxLength } name)
                        names.Add(name);
                }
            }
        }
        catch (JsonException)
        {
            // The pipeline's own; readers bear any shape (contract, section 5).
        }

        return names;
    }

    private static string? NameOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return name.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate.
            return null;
        }
    }
}
