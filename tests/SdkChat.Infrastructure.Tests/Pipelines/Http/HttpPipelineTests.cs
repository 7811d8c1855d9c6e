using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Pipelines;
using SdkChat.Infrastructure.Pipelines.Http;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Pipelines.Http;

/// <summary>The adapter as the service wires it, against a real server that behaves, and one that does not.</summary>
public sealed class HttpPipelineTests
{
    private const int MiB = 1024 * 1024;

    private static readonly RunTicket Ticket = new(new ChatId(Guid.CreateVersion7()), DateTimeOffset.UnixEpoch, "ja", "Dinner?");

    private TestPipeline _server = null!;
    private ServiceProvider _services = null!;

    private IPipeline Pipeline => _services.GetRequiredService<HttpPipeline>();

    [SetUp]
    public async Task SetUp()
    {
        _server = await TestPipeline.StartAsync();
        _services = Wire(_server.BaseUrl);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(202)]
    [TestCase(204)]
    public async Task Start_Accepted_IsRunning(int status)
    {
        _server.OnStart = Status(status);

        (await StartAsync()).Should().BeOfType<RunReport.Running>();
    }

    [Test]
    public async Task Start_Body_IsTheContracts()
    {
        await StartAsync("""{"n": 1.50, "s": "é\u0001"}""", "He said \"夕食\"\n");

        _server.Started.Should().ContainKey(Ticket.Run.ToString()).WhoseValue.Should().Be(
            $$"""{"run_id":"{{Ticket.Run}}","tenant_code":"demo","profile_id":"{{Guid.Empty}}","profile":{"n": 1.50, "s": "é\u0001"},"prompt":"He said \"夕食\"\n","locale":"ja"}""");
    }

    [TestCase(400)]
    [TestCase(413)]
    [TestCase(422)]
    public async Task Start_RefusedForGood_HasFailed(int status)
    {
        _server.OnStart = Status(status);

        (await StartAsync()).Should().BeOfType<RunReport.Failed>()
            .Which.Error.Should().Contain(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _server.Starts.Should().Be(1);
    }

    [TestCase(301)]
    [TestCase(401)]
    [TestCase(404)]
    [TestCase(409)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task Start_AnswerThatSettlesNothing_IsNoAnswer(int status)
    {
        _server.OnStart = Status(status);

        (await StartAsync()).Should().BeOfType<RunReport.NoAnswer>();
    }

    [Test]
    public async Task Start_FailsOnce_IsRepeated()
    {
        _server.OnStart = context =>
        {
            context.Response.StatusCode = _server.Starts == 1 ? 503 : 202;
            return Task.CompletedTask;
        };

        (await StartAsync()).Should().BeOfType<RunReport.Running>();
        _server.Starts.Should().Be(2);
    }

    [Test]
    public async Task Ask_RunNobodyKnows_IsUnknown()
    {
        _server.OnAsk = Status(404);

        (await AskAsync()).Should().BeOfType<RunReport.Unknown>();
    }

    [Test]
    public async Task Ask_Completed_BringsTheListsToTheByte()
    {
        _server.Answer = _ => TestPipeline.Completed("""[ 1.0E2, "\u0000\ud800" ]""", "[\n]", "[{\"a\":1,\"a\":2}]", "in_progress");

        (await AskAsync()).Should().Be(new RunReport.Completed(
            new PipelineResult(
                RawJson.FromText("""[ 1.0E2, "\u0000\ud800" ]"""), RawJson.FromText("[\n]"), RawJson.FromText("[{\"a\":1,\"a\":2}]")),
            "in_progress"));
    }

    [TestCase("text/html")]
    [TestCase("text/plain")]
    [TestCase("application/octet-stream")]
    [TestCase("")]
    public async Task Ask_OtherThanJson_IsNoAnswer(string contentType)
    {
        _server.OnAsk = Body(Encoding.UTF8.GetBytes(TestPipeline.Completed()), contentType);

        (await AskAsync()).Should().BeOfType<RunReport.NoAnswer>();
    }

    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/vnd.pipeline+json")]
    public async Task Ask_JsonByAnotherName_IsRead(string contentType)
    {
        _server.OnAsk = Body(Encoding.UTF8.GetBytes(TestPipeline.Completed()), contentType);

        (await AskAsync()).Should().BeOfType<RunReport.Completed>();
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public async Task Ask_AnswerOfAMebibyte_IsTheLargest(int beyond, bool read)
    {
        var frame = TestPipeline.Completed("[\"\"]").Length;
        _server.Answer = _ => TestPipeline.Completed($"[\"{new string('x', MiB - frame + beyond)}\"]");

        ((await AskAsync()) is RunReport.Completed).Should().Be(read);
    }

    [Test]
    public async Task Ask_EndlessBody_IsNoAnswer()
    {
        _server.OnAsk = async context =>
        {
            context.Response.ContentType = "application/json";
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(new string(' ', 10_000), context.RequestAborted);
        };

        (await AskAsync()).Should().BeOfType<RunReport.NoAnswer>();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Ask_ServerThatStalls_IsNoAnswerInTime(bool afterTheHeaders)
    {
        _server.OnAsk = async context =>
        {
            context.Response.ContentType = "application/json";
            if (afterTheHeaders)
                await context.Response.WriteAsync("{\"status\":");
            await TestPipeline.NeverAnswerAsync(context);
        };
        await using var impatient = Wire(_server.BaseUrl, attempt: 0.5, call: 2);

        // HttpClient itself would wait for ever.
        (await impatient.GetRequiredService<HttpPipeline>().AskAsync(Ticket, default).WaitAsync(Deadlines.Soon))
            .Should().BeOfType<RunReport.NoAnswer>();
    }

    [Test]
    public async Task Ask_ConnectionCutInTheMiddle_IsNoAnswer()
    {
        _server.OnAsk = async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"status\":\"completed\"");
            context.Abort();
        };

        (await AskAsync()).Should().BeOfType<RunReport.NoAnswer>();
    }

    [Test]
    public async Task Ask_Redirect_IsNotFollowed()
    {
        var elsewhere = Ticket with { Run = new ChatId(Guid.CreateVersion7()) };
        _server.OnAsk = context =>
        {
            context.Response.Redirect($"{_server.BaseUrl}/runs/{elsewhere.Run}");
            return Task.CompletedTask;
        };

        (await AskAsync()).Should().BeOfType<RunReport.NoAnswer>();

        _server.AsksOf(elsewhere.Run.Value).Should().Be(0);
    }

    [Test]
    public async Task Ask_NobodyAtTheAddress_IsNoAnswer()
    {
        await using var services = Wire("http://127.0.0.1:1/base");

        (await services.GetRequiredService<HttpPipeline>().AskAsync(Ticket, default)).Should().BeOfType<RunReport.NoAnswer>();
    }

    [Test]
    public async Task Ask_CallerThatGivesUp_IsLetGo()
    {
        using var patience = new CancellationTokenSource();
        _server.OnAsk = context =>
        {
            patience.Cancel();
            return TestPipeline.NeverAnswerAsync(context);
        };

        await Pipeline.Awaiting(pipeline => pipeline.AskAsync(Ticket, patience.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Test]
    public async Task Ask_PipelineThatFailsAllTheTime_IsLeftAlone()
    {
        _server.OnAsk = Status(500);
        for (var n = 0; n < 30; n++)
            (await AskAsync()).Should().BeOfType<RunReport.NoAnswer>();
        var asked = _server.AsksOf(Ticket.Run.Value);

        (await AskAsync()).Should().BeOfType<RunReport.NoAnswer>();
        _server.AsksOf(Ticket.Run.Value).Should().Be(asked, "the circuit is open");
    }

    [Test]
    public async Task Ask_PipelineThatWasLeftAlone_IsAskedAgainAfterAWhile()
    {
        await using var brief = Wire(_server.BaseUrl, pause: 0.5);
        var pipeline = brief.GetRequiredService<HttpPipeline>();
        _server.OnAsk = Status(500);
        for (var n = 0; n < 30; n++)
            (await pipeline.AskAsync(Ticket, default)).Should().BeOfType<RunReport.NoAnswer>();

        _server.OnAsk = null;
        await Eventually.TrueAsync(async () => await pipeline.AskAsync(Ticket, default) is RunReport.Running);
    }

    /// <summary>With limits, in seconds, that a busy machine does not reach, but for what a test is about.</summary>
    private static ServiceProvider Wire(string baseUrl, double attempt = 30, double call = 60, double pause = 60)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new PipelineOptions
        {
            BaseUrl = baseUrl, AttemptTimeoutSeconds = attempt, CallTimeoutSeconds = call, Retries = 1, BreakSeconds = pause,
        }));
        services.AddHttpPipeline();
        return services.BuildServiceProvider();
    }

    private static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static Func<HttpContext, Task> Body(byte[] body, string contentType) => context =>
    {
        context.Response.StatusCode = (int)HttpStatusCode.OK;
        if (contentType.Length > 0)
            context.Response.ContentType = contentType;
        return context.Response.Body.WriteAsync(body).AsTask();
    };

    private Task<RunReport> AskAsync() => Pipeline.AskAsync(Ticket, CancellationToken.None);

    private Task<RunReport> StartAsync(string profile = "{}", string prompt = "Dinner?")
    {
        TenantCode.TryParse("demo", out var tenant).Should().BeTrue();
        return Pipeline.StartAsync(
            new RunRequest(Ticket with { Prompt = prompt }, tenant, new ProfileId(Guid.Empty), RawJson.FromText(profile)),
            CancellationToken.None);
    }
}
