using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace SdkChat.Api.Tests.Telemetry;

/// <summary>What is logged in Production, as the files beside the program have it.</summary>
public sealed class ProductionLogTests
{
    [Test]
    public async Task Line_InProduction_IsJsonWithTheTraceItBelongsTo()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        await using var services = builder.Services.BuildServiceProvider();
        services.GetRequiredService<IOptions<LoggerFactoryOptions>>().Value.ActivityTrackingOptions.Should()
            .HaveFlag(ActivityTrackingOptions.TraceId).And.HaveFlag(ActivityTrackingOptions.SpanId);
        var name = services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName;
        var formatter = services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name);
        var scopes = new LoggerExternalScopeProvider();
        using var said = new StringWriter();

        using (scopes.Push(new Dictionary<string, object> { ["TraceId"] = "0af7651916cd43dd8448eb211c80319c" }))
            formatter.Write(
                new LogEntry<string>(LogLevel.Warning, "Category", default, "two\nlines", null, (text, _) => text), scopes, said);

        said.ToString().TrimEnd().Should().NotContain("\n");
        var line = JsonDocument.Parse(said.ToString()).RootElement;
        line.GetProperty("Message").GetString().Should().Be("two\nlines");
        line.GetProperty("Timestamp").GetString().Should().EndWith("Z");
        line.GetProperty("Scopes").GetRawText().Should().Contain("\"TraceId\":\"0af7651916cd43dd8448eb211c80319c\"");
    }

    /// <summary>What these libraries say of each request or call of the pipeline, successful ones too, would be most of the log.</summary>
    [TestCase("Microsoft.AspNetCore.Hosting.Diagnostics")]
    [TestCase("System.Net.Http.HttpClient.HttpPipeline.LogicalHandler")]
    [TestCase("Polly")]
    public async Task Library_InProduction_LogsWarningsOnly(string category)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        await using var services = builder.Services.BuildServiceProvider();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        logger.IsEnabled(LogLevel.Information).Should().BeFalse();
        logger.IsEnabled(LogLevel.Warning).Should().BeTrue();
    }
}
