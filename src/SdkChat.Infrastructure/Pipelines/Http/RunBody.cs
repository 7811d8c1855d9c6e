using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SdkChat.Application.Pipelines;

namespace SdkChat.Infrastructure.Pipelines.Http;

/// <summary>Writes the request that starts a run: <c>{run_id, tenant_code, profile_id, profile, prompt, locale}</c>.</summary>
internal static class RunBody
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(RunRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("run_id"u8, request.Ticket.Run.Value);
            json.WriteString("tenant_code"u8, request.Tenant.Value);
            json.WriteString("profile_id"u8, request.Profile.Value);
            json.WritePropertyName("profile"u8);
            json.WriteRawValue(request.ProfileData.Utf8.Span, skipInputValidation: true);
            json.WriteString("prompt"u8, request.Ticket.Prompt);
            json.WriteString("locale"u8, request.Ticket.Locale);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
