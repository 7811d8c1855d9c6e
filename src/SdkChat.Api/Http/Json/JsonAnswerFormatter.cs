using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace SdkChat.Api.Http.Json;

/// <summary>Writes what actions return, as <see cref="JsonAnswer"/>.</summary>
internal sealed class JsonAnswerFormatter : TextOutputFormatter
{
    /// <summary>A chat with a usual result: polls are what is answered most.</summary>
    private const int UsualBytes = 16 * 1024;

    private readonly JsonSerializerOptions _json;

    public JsonAnswerFormatter(JsonSerializerOptions json)
    {
        _json = json;
        SupportedMediaTypes.Add("application/json");
        SupportedEncodings.Add(Encoding.UTF8);
    }

    public override async Task WriteResponseBodyAsync(OutputFormatterWriteContext context, Encoding selectedEncoding)
    {
        using var body = new PooledBuffer(UsualBytes);
        JsonAnswer.Write(body, context.Object, context.Object?.GetType() ?? typeof(object), _json);
        await context.HttpContext.Response.SendJsonAsync(body.Written);
    }
}
