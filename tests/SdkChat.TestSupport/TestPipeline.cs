using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SdkChat.TestSupport;

/// <summary>
/// A pipeline of another team: a real HTTP server on a free port of 127.0.0.1 that says, and does, whatever the test wants.
/// By itself it accepts every run, and never finishes one.
/// </summary>
public sealed class TestPipeline : IAsyncDisposable
{
    public const string StillRunning = """{"status":"running"}""";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<Guid, int> _asked = new();
    private int _starts;

    private TestPipeline()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/base/runs", StartAsync);
        _app.MapGet("/base/runs/{run}", AskAsync);
    }

    public string BaseUrl => _app.Urls.First() + "/base";

    /// <summary>The bodies of accepted runs, by run.</summary>
    public ConcurrentDictionary<string, string> Started { get; } = new();

    /// <summary>How many starts arrived, repeated ones included.</summary>
    public int Starts => _starts;

    /// <summary>What a run is answered with; by default it never finishes.</summary>
    public Func<Guid, string> Answer { get; set; } = _ => StillRunning;

    /// <summary>Takes over a start; by default it is accepted.</summary>
    public Func<HttpContext, Task>? OnStart { get; set; }

    /// <summary>Takes over a question; by default <see cref="Answer"/> is sent.</summary>
    public Func<HttpContext, Task>? OnAsk { get; set; }

    public static async Task<TestPipeline> StartAsync()
    {
        var pipeline = new TestPipeline();
        await pipeline._app.StartAsync();
        return pipeline;
    }

    /// <summary>How often a run was asked after.</summary>
    public int AsksOf(Guid run) => _asked.GetValueOrDefault(run);

    /// <summary>An answer with a result.</summary>
    public static string Completed(
        string todos = "[]", string recommended = "[]", string notifications = "[]", string backList = "completed") =>
        $$"""{"status":"completed","back_list_status":"{{backList}}","result":{"todos":{{todos}},"recommended_items":{{recommended}},"notification_items":{{notifications}}},"error":null}""";

    /// <summary>Holds the request until its caller gives up.</summary>
    public static async Task NeverAnswerAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task StartAsync(HttpContext context)
    {
        Interlocked.Increment(ref _starts);
        if (OnStart is { } takeOver)
        {
            await takeOver(context);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        using var document = System.Text.Json.JsonDocument.Parse(body);
        Started[document.RootElement.GetProperty("run_id").GetString()!] = body;
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private Task AskAsync(HttpContext context, Guid run)
    {
        _asked.AddOrUpdate(run, 1, (_, count) => count + 1);
        if (OnAsk is { } takeOver)
            return takeOver(context);

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Answer(run));
    }
}
