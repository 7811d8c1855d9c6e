using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Http.Json;

/// <summary>
/// Passes a value on as the bytes in which it came. Reading refuses duplicate members at any depth, as the rest of a body
/// does; writing trusts the bytes, which were checked when they came in.
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
