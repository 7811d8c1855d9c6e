using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace SdkChat.Api.Http.Json;

/// <summary>Writes the results of actions with <see cref="JsonResponseWriter"/>.</summary>
internal sealed class JsonResponseFormatter : TextOutputFormatter
{
    /// <summary>The size of a chat with a typical result: polls are the most frequent responses.</summary>
    private const int UsualBytes = 16 * 1024;

    private readonly JsonSerializerOptions _json;

    public JsonResponseFormatter(JsonSerializerOptions json)
    {
        _json = json;
        SupportedMediaTypes.Add("application/json");
        SupportedEncodings.Add(Encoding.UTF8);
    }

    public override async Task WriteResponseBodyAsync(OutputFormatterWriteContext context, Encoding selectedEncoding)
    {
        using var body = new PooledBuffer(UsualBytes);
        JsonResponseWriter.Write(body, context.Object, context.Object?.GetType() ?? typeof(object), _json);
        await context.HttpContext.Response.SendJsonAsync(body.Written);
    }
}
