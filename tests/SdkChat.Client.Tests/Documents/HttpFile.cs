using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SdkChat.Client.Tests.Documents;

/// <summary>
/// A file of requests as editors read it: parts between lines of <c>###</c>, with a name and what to expect in comments, and
/// variables, also out of the answers to earlier requests.
/// </summary>
internal sealed partial class HttpFile
{
    private readonly Dictionary<string, string> _variables = [];
    private readonly Dictionary<string, (HttpResponseMessage Response, JsonElement? Body)> _answers = [];

    private readonly string _folder;

    private HttpFile(string folder, string text) => (_folder, Parts) = (folder, [.. Separator().Split(text).Select(HttpFilePart.Parse)]);

    public IReadOnlyList<HttpFilePart> Parts { get; }

    public static HttpFile Read(string file) => new(Path.GetDirectoryName(file)!, File.ReadAllText(file));

    /// <summary>The variables of a part without a request, as they stand now; what was set before stays.</summary>
    public void Define(HttpFilePart part)
    {
        foreach (var (name, value) in part.Variables)
            _variables.TryAdd(name, Fill(value));
    }

    public void Set(string name, string value) => _variables[name] = value;

    public HttpRequestMessage Request(HttpFilePart part)
    {
        var request = new HttpRequestMessage(new HttpMethod(part.Method!), Fill(part.Target!));
        if (part.Body.Length > 0)
            request.Content = ContentOf(part);
        foreach (var (name, value) in part.Headers.Where(header => header.Name != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, Fill(value)).Should().BeTrue(name);
        return request;
    }

    /// <summary>The text, or the file that it names after <c>&lt;</c>, from the folder of the requests.</summary>
    private HttpContent ContentOf(HttpFilePart part)
    {
        if (!part.Body.StartsWith("< ", StringComparison.Ordinal))
            return new StringContent(Fill(part.Body), Encoding.UTF8, "application/json");

        var content = new ByteArrayContent(File.ReadAllBytes(Path.Combine(_folder, part.Body[2..].Trim())));
        content.Headers.ContentType = new MediaTypeHeaderValue(part.Headers.First(header => header.Name == "Content-Type").Value);
        return content;
    }

    /// <param name="body">Null for an answer that has none, or none that ends.</param>
    public void Remember(HttpFilePart part, HttpResponseMessage response, JsonElement? body) => _answers[part.Name!] = (response, body);

    private string Fill(string text) => Placeholder().Replace(text, match => Value(match.Groups[1].Value));

    private string Value(string name)
    {
        if (name == "$guid")
            return Guid.NewGuid().ToString();
        if (_variables.TryGetValue(name, out var known))
            return known;
        if (name.Split(".response.body.$.") is [var asked, var path])
            return path.Split('.').Aggregate(_answers[asked].Body!.Value, Step).GetString()!;
        if (name.Split(".response.headers.") is [var of, var header])
            return _answers[of].Response.Headers.GetValues(header).Single();
        throw new KeyNotFoundException($"Nothing says what {name} is.");
    }

    private static JsonElement Step(JsonElement at, string step)
    {
        var (name, index) = step.Split('[', ']') is [var list, var number, ..]
            ? (list, int.Parse(number, CultureInfo.InvariantCulture))
            : (step, -1);
        var member = at.GetProperty(name);
        return index < 0 ? member : member[index];
    }

    [GeneratedRegex("^###.*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\{\{(.+?)\}\}")]
    private static partial Regex Placeholder();
}
