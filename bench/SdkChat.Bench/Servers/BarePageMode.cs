using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Bench.Servers;

/// <summary>
/// The least that a page of history costs: one request handler of Kestrel that runs the service's statement with Npgsql, and writes the
/// page as the service does. No MVC, MediatR, Dapper, authentication, validation, links or ETag.
/// </summary>
internal static class BarePageMode
{
    private const int Size = 20;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The address of a tenant's page.</summary>
    public static string Path(Guid tenant, int page) => FormattableString.Invariant($"/{tenant}?page={page}");

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var source = NpgsqlDataSource.Create(OneRowMode.ConnectionString);
        await using var app = builder.Build();
        app.Run(context => AnswerAsync(context, source));
        await app.StartAsync();
        Console.Out.WriteLine("up");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // The end of the input is the end of the bench.
        }
    }

    private static async Task AnswerAsync(HttpContext context, NpgsqlDataSource source)
    {
        var tenant = new TenantId(Guid.Parse(context.Request.Path.Value.AsSpan(1)));
        var page = int.Parse(context.Request.Query["page"]!, CultureInfo.InvariantCulture);
        var position = new PagePosition.Offset((long)page * Size);
        var statement = NumberedStatement.Get(ChatHistorySql.List(ChatListScope.Tenant, ChatListKind.All, position));
        var parameters = new ChatListParameters(new ChatListPage(tenant, ChatFilter.None, position, Size));
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        await using var command = source.CreateCommand(statement.Text);
        foreach (var name in statement.Names)
            command.Parameters.Add(parameters.Create(name));
        await using (var rows = await command.ExecuteReaderAsync(context.RequestAborted))
            await WriteAsync(body, rows, page, context.RequestAborted);
        var response = context.Response;
        (response.ContentType, response.ContentLength) = ("application/json", body.WrittenCount);
        await response.BodyWriter.WriteAsync(body.WrittenMemory);
    }

    private static async Task WriteAsync(ArrayBufferWriter<byte> body, DbDataReader rows, int page, CancellationToken cancellationToken)
    {
        var total = 0L;
        using var json = new Utf8JsonWriter(body, Json);
        json.WriteStartObject();
        json.WriteBoolean("success", true);
        json.WriteStartObject("data");
        json.WriteStartArray("items");
        while (await rows.ReadAsync(cancellationToken))
        {
            total = rows.GetInt64(0);
            WriteItem(json, rows);
        }

        json.WriteEndArray();
        json.WriteNumber("total", total);
        json.WriteNumber("page", page);
        json.WriteNumber("size", Size);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The columns are those of <see cref="ChatListReader"/>.</summary>
    private static void WriteItem(Utf8JsonWriter json, DbDataReader row)
    {
        json.WriteStartObject();
        json.WriteString("chat_id", row.GetGuid(3));
        json.WriteString("profile_id", row.GetGuid(5));
        json.WriteStartObject("profile_summary");
        WriteText("name", 12);
        WriteText("gender", 13);
        json.WriteNumber("age", int.Parse(row.GetString(14), CultureInfo.InvariantCulture));
        WriteText("locale", 15);
        json.WriteEndObject();
        WriteText("prompt", 6);
        WriteText("status", 7);
        WriteText("last_error", 8);
        json.WriteString("created_at", row.GetDateTime(9));
        json.WriteString("updated_at", row.GetDateTime(10));
        if (row.IsDBNull(11))
            json.WriteNull("ended_at");
        else
            json.WriteString("ended_at", row.GetDateTime(11));
        json.WriteEndObject();

        void WriteText(string member, int column) => json.WriteString(member, row.IsDBNull(column) ? null : row.GetString(column));
    }
}
