using System.Text.Json;

namespace SdkChat.TestSupport.Documents;

/// <summary>An OpenAPI document, and what it says of a call.</summary>
public sealed partial class ApiDocument
{
    private readonly List<(string Template, string[] Segments)> _paths;

    public ApiDocument(JsonElement root)
    {
        Root = root;
        _paths = [.. root.GetProperty("paths").EnumerateObject().Select(path => (path.Name, path.Name.Split('/')))];
    }

    public JsonElement Root { get; }

    public IEnumerable<(string Method, string Path, JsonElement Operation)> Operations =>
        from path in Root.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Name.ToUpperInvariant(), path.Name, operation.Value);

    public static JsonElement Resolve(JsonElement root, string reference) =>
        reference.TrimStart('#', '/').Split('/')
            .Aggregate(root, (at, name) => at.GetProperty(name.Replace("~1", "/", StringComparison.Ordinal)));

    /// <summary>Follows a reference, where the element is one.</summary>
    public JsonElement Meant(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? Resolve(Root, reference.GetString()!) : element;

    /// <summary>The most literal template that an address fits; null for none.</summary>
    /// <param name="method">
    /// Of several, one that lists it comes first, as in the service's routing; null where all methods are alike.
    /// </param>
    public string? Template(string path, string? method = null)
    {
        var asked = path.Split('/');
        return _paths
            .Where(known => known.Segments.Length == asked.Length
                && known.Segments.Zip(asked)
                    .All(pair => pair.First.StartsWith('{') || pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(known => method is not null && Operation(method, known.Template) is null)
            .ThenBy(known => known.Segments.Count(segment => segment.StartsWith('{')))
            .Select(known => known.Template)
            .FirstOrDefault();
    }

    public JsonElement? Operation(string method, string template) =>
        Root.GetProperty("paths").GetProperty(template).TryGetProperty(method.ToLowerInvariant(), out var operation) ? operation : null;
}
