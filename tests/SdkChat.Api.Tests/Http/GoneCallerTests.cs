using Microsoft.Extensions.Logging;
using Npgsql;
using SdkChat.Api.Tests.Sdk;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Http;

/// <summary>A caller that has gone is no error of the service.</summary>
public sealed class GoneCallerTests() : SdkFixture(nodes: 1)
{
    private const string Hosting = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [TestCase(true)]
    [TestCase(false)]
    public async Task Caller_WhoLeavesInTheMiddleOfABody_LeavesNoErrorBehind(bool resets) => await LeaveAsync(
        resets, () => SendAsync("POST", "/v1/profile", "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"a\":"));

    [TestCase(true)]
    [TestCase(false)]
    public async Task Caller_WhoLeavesInTheMiddleOfAChunk_LeavesNoErrorBehind(bool resets) => await LeaveAsync(
        resets,
        () => SendAsync("POST", "/v1/profile", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n100\r\n{\"a\":"));

    [TestCase(true)]
    [TestCase(false)]
    public async Task Caller_WhoLeavesWhileThePipelineThinks_LeavesNoErrorBehind(bool resets)
    {
        var profile = await ProfileAsync();
        var chat = await ChatAsync(profile);
        Pipeline.OnAsk = TestPipeline.NeverAnswerAsync;

        await LeaveAsync(resets, () => SendAsync("GET", Chat(profile, chat), "\r\n"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Caller_WhoLeavesWhileStorageThinks_LeavesNoErrorBehind(bool resets)
    {
        var profile = await ProfileAsync();
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            "select profile_id from sdk_profile where tenant_id = $1 and profile_id = $2 for update", connection)
        {
            Parameters = { new() { Value = Demo }, new() { Value = profile } },
        };
        await command.ExecuteNonQueryAsync();

        await LeaveAsync(
            resets, () => SendAsync("PUT", $"/v1/profile/{profile}", "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
    }

    /// <summary>The request has been taken up, and then its caller goes.</summary>
    private async Task LeaveAsync(bool resets, Func<Task<StreamSocket>> send)
    {
        var (started, finished) = (Count("Request starting"), Count("Request finished"));
        using var socket = await send();
        await Eventually.TrueAsync(() => Task.FromResult(Count("Request starting") > started));

        if (resets)
            socket.Reset();
        else
            socket.Dispose();
        await Eventually.TrueAsync(() => Task.FromResult(Count("Request finished") > finished));

        Node.Logs.Entries.Where(entry => entry.Level >= LogLevel.Error).Should().BeEmpty();
    }

    private Task<StreamSocket> SendAsync(string method, string path, string rest) => StreamSocket.SendAsync(
        Node.BaseAddress, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nX-API-KEY: {DemoKey}\r\n{rest}");

    private int Count(string what) =>
        Node.Logs.Entries.Count(entry => entry.Category == Hosting && entry.Text.StartsWith(what, StringComparison.Ordinal));
}
