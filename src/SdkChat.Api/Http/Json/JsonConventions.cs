using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SdkChat.Api.Http.Json;

/// <summary>The JSON format of the service (contract, section 2).</summary>
internal static class JsonConventions
{
    /// <summary>Sufficient for the documents of shops; the default of 64 would not accept "any JSON object".</summary>
    public const int MaxDepth = 1000;

    public static void Apply(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.DictionaryKeyPolicy = null;
        json.PropertyNameCaseInsensitive = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        json.MaxDepth = MaxDepth;
        // Texts are written as UTF-8, not as \u escapes: responses are application/json with nosniff, never markup.
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        json.Converters.Add(new InstantConverter());
        json.Converters.Add(new RawJsonConverter());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }
}
