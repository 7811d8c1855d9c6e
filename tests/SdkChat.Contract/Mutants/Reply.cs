using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SdkChat.Contract.Mutants;

/// <summary>What the service answered, to be spoiled.</summary>
internal sealed class Reply
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    public int Status { get; set; }

    public required Dictionary<string, string> Headers { get; init; }

    public required string Body { get; set; }

    public bool IsTenantList => Method == "GET" && Path == Paths.List;

    public bool IsTenantDetail => Method == "GET" && Path.StartsWith(Paths.List + "/", StringComparison.Ordinal) && Path != Paths.Stream;

    public JsonNode Node => JsonNode.Parse(Body)!;

    public string? Code => Status >= 400 && Body.Length > 0 ? Node["code"]?.GetValue<string>() : null;

    /// <summary>Changes the rows of a list; other answers stay.</summary>
    public void Rows(Action<JsonArray> change) => Data(data =>
    {
        if (data["items"] is JsonArray items)
            change(items);
    });

    /// <summary>Changes what a success holds.</summary>
    public void Data(Action<JsonObject> change)
    {
        if (Status is < 200 or > 299 || Body.Length == 0 || Node is not JsonObject body || body["data"] is not JsonObject data)
            return;
        change(data);
        Body = body.ToJsonString(Json);
    }
}
