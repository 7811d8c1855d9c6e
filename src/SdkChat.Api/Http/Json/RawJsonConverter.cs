using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Http.Json;

/// <summary>
/// Reads and writes a value as unchanged bytes. Reading refuses duplicate members at any depth, as for the rest of a body. Writing does not
/// check the bytes, which were checked when they were received.
/// </summary>
internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override bool HandleNull => true;

    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonSerializer.Deserialize<JsonElement>(ref reader, options);
        return new RawJson(JsonMarshal.GetRawUtf8Value(value).ToArray());
    }

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
    {
        if (value.Utf8.IsEmpty)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
