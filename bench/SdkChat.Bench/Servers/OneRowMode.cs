using System.Net;
using System.Text.Json;
using Dapper;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SdkChat.Bench.Servers;

/// <summary>
/// The least that a request with a statement costs with the packages that the service is built of: an MVC action sends a MediatR request,
/// whose handler reads one row with Dapper, and returns it as 1 KB of JSON. No authentication, no validation, no headers of its own.
/// </summary>
internal static class OneRowMode
{
    /// <summary>The connection string, which has a password: an argument would show it to every user of the machine.</summary>
    public const string Variable = "SDKCHAT_BENCH_DATABASE";

    /// <summary>With automatic preparation, as the service has it.</summary>
    public static string ConnectionString =>
        $"{Environment.GetEnvironmentVariable(Variable)};Max Auto Prepare=64;Auto Prepare Min Usages=2;No Reset On Close=true";

    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        builder.Services.AddSingleton(source);
        builder.Services.AddSingleton<ServiceFactory>(provider => provider.GetService!);
        builder.Services.AddSingleton<IMediator, Mediator>();
        builder.Services.AddTransient<IRequestHandler<ReadRow, SingleRow>, ReadRowHandler>();
        builder.Services.AddControllers().ConfigureApplicationPartManager(parts =>
        {
            // Otherwise it would find the service's controllers.
            parts.ApplicationParts.Clear();
            parts.ApplicationParts.Add(new AssemblyPart(typeof(OneRowMode).Assembly));
        });
        await using var app = builder.Build();
        app.MapControllers();
        await app.StartAsync();
        Console.Out.WriteLine("up");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // The end of the input is the end of the bench.
        }
    }
}

/// <summary>Public, since MVC finds no others.</summary>
[ApiController]
[Route("row")]
public sealed class OneRowController(IMediator mediator) : ControllerBase
{
    [HttpGet("{number}")]
    public async Task<IActionResult> Get(int number, CancellationToken cancellationToken) =>
        new OneRowResult(JsonSerializer.SerializeToUtf8Bytes(await mediator.Send(new ReadRow(number), cancellationToken)));
}

/// <summary>With a length, which MVC's own result does not send: a response in chunks would cost more.</summary>
public sealed class OneRowResult(byte[] body) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        (response.ContentType, response.ContentLength) = ("application/json", body.Length);
        return response.BodyWriter.WriteAsync(body).AsTask();
    }
}

public sealed record ReadRow(int Number) : IRequest<SingleRow>;

public sealed record SingleRow(int Number, string Text);

internal sealed class ReadRowHandler(NpgsqlDataSource source) : IRequestHandler<ReadRow, SingleRow>
{
    /// <summary>No table, so that the database's part is the least as well.</summary>
    private const string Sql = "select @Number as number, repeat('x', 1000) as text";

    public async Task<SingleRow> Handle(ReadRow request, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<SingleRow>(new CommandDefinition(
            Sql, new { request.Number }, cancellationToken: cancellationToken));
    }
}
