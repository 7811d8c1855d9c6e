using System.Text.Json;
using System.Text.RegularExpressions;

namespace SdkChat.Contract.Fuzzing;

/// <summary>
/// Ids that answers named, by member. Writes use only ids that a write of this run created, so that the tenants, chats and keys of others
/// stay as they are.
/// </summary>
internal sealed partial class KnownIds
{
    private const int Most = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<string>> _seen = [];
    private readonly Dictionary<string, List<string>> _created = [];

    /// <summary>An id of this kind; null where none is known.</summary>
    public string? Pick(string kind, bool isForWrite, Random random)
    {
        lock (_gate)
        {
            var pool = (isForWrite ? _created : _seen).GetValueOrDefault(kind);
            return pool is { Count: > 0 } ? pool[random.Next(pool.Count)] : null;
        }
    }

    /// <summary>What writes created, oldest first.</summary>
    public IReadOnlyList<string> Created(string kind)
    {
        lock (_gate)
            return [.. _created.GetValueOrDefault(kind) ?? []];
    }

    public void Learn(bool isWrite, JsonElement body)
    {
        lock (_gate)
            Collect(isWrite, body);
    }

    /// <summary>The cursors of a <c>Link</c> header.</summary>
    public void LearnLinks(string header)
    {
        lock (_gate)
        {
            foreach (Match match in Cursor().Matches(header))
                Add(_seen, "cursor", Uri.UnescapeDataString(match.Groups[1].Value));
        }
    }

    private void Collect(bool isWrite, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Collect(isWrite, item);
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String)
                Collect(isWrite, member.Value);
            else if ((member.Name.EndsWith("_id", StringComparison.Ordinal) || member.Name == "key_prefix")
                && IsText(member.Value, out var id))
            {
                Add(_seen, member.Name, id);
                if (isWrite)
                    Add(_created, member.Name, id);
            }
        }
    }

    /// <summary>Items of the pipeline may have a member of the same name, with text that is none, such as half a surrogate pair.</summary>
    private static bool IsText(JsonElement value, out string text)
    {
        var raw = value.GetRawText();
        text = raw[1..^1];
        return text.Length is > 0 and <= 80 && !raw.Contains('\\', StringComparison.Ordinal);
    }

    /// <summary>Old ones leave first, except what was created: it is removed at the end.</summary>
    private void Add(Dictionary<string, List<string>> pools, string kind, string id)
    {
        if (!pools.TryGetValue(kind, out var pool))
            pools[kind] = pool = [];
        if (pool.Contains(id))
            return;
        pool.Add(id);
        if (pools == _seen && pool.Count > Most)
            pool.RemoveAt(0);
    }

    [GeneratedRegex("[?&]cursor=([^&>]+)")]
    private static partial Regex Cursor();
}
