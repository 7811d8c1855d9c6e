using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>Why and when streams end, on the real clock where the contract counts in seconds.</summary>
public sealed class StreamEndTests(bool direct) : OverBothOutputs(direct)
{
    private readonly Rows _rows = new(SharedApi.ConnectionString);

    private Guid _tenant;

    [SetUp]
    public async Task AddTenantAsync() => _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");

    [Test]
    public async Task Token_ThatRunsOut_EndsTheStreamAndNotEarlier()
    {
        var (stream, accepted) = await OpenWithLittleTimeAsync();
        using var open = stream;

        (await stream.ToEndAsync()).Should().BeTrue();

        // To the second: SseSubscriberTests, whose clock stands still.
        TimeProvider.System.GetUtcNow().Should().BeAfter(accepted.AddSeconds(-0.1));
        await Api.UntilEndedAsync(_tenant, "token_expired");
    }

    [Test]
    public async Task Tenant_ThatIsDisabled_LosesItsStreamsAndNobodyElse()
    {
        await using var other = await LiveReader.OpenAsync(Api, SharedApi.Demo);
        using var stream = await StreamSocket.ReadyAsync(Api.BaseAddress, Api.TenantToken(_tenant));

        await _rows.ExecuteAsync("update tenant set enabled = false where tenant_id = @_tenant", new { _tenant });

        (await stream.ToEndAsync()).Should().BeTrue();
        await Api.UntilEndedAsync(_tenant, "tenant_disabled");
        await _rows.EventAsync(SharedApi.Demo, _tenant, _tenant, "chat_completed");
        (await other.NextAsync()).EventType.Should().Be("chat_completed");
    }

    [Test]
    public async Task Age_AtItsMaximum_EndsTheStreamInGoodOrder()
    {
        await using var api = await StartAsync(("Live:MaxAgeSeconds", "1"));
        await using var reader = await LiveReader.OpenAsync(api, _tenant);

        (await reader.EndsAsync()).Should().BeTrue();
        await api.UntilEndedAsync(_tenant, "max_age");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Client_ThatHangsUp_IsNoticed(bool isReset)
    {
        using var stream = await StreamSocket.ReadyAsync(Api.BaseAddress, Api.TenantToken(_tenant));

        if (isReset)
            stream.Reset();
        else
            stream.Dispose();

        await Api.UntilEndedAsync(_tenant, "client_gone");
    }

    [Test]
    public async Task Clients_AThousandThatComeAndGo_LeaveNothingBehind()
    {
        await using var api = await StartAsync(("Live:MaxStreamsPerTenant", "1000"));
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            using var stream = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(_tenant));
            if (i % 2 == 0)
                stream.Reset();
        });
        await api.UntilEndedAsync(_tenant, "client_gone", 1000);

        // All thousand places are free again: as many can be open at once.
        var streams = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(_ => StreamSocket.OpenAsync(api.BaseAddress, api.TenantToken(_tenant))));
        foreach (var stream in streams)
            await stream.UntilAsync("event: ready\ndata: {}\n\n");
        foreach (var stream in streams)
            stream.Dispose();
    }

    [Test]
    public async Task Limit_OfTheTenant_IsAnswered429UntilOneEnds()
    {
        await using var api = await StartAsync(("Live:MaxStreamsPerTenant", "2"));
        using var first = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(_tenant));
        using var second = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(_tenant));

        using var third = await StreamSocket.OpenAsync(api.BaseAddress, api.TenantToken(_tenant));
        await third.UntilAsync("TOO_MANY_STREAMS");
        third.Received.Should().StartWith("HTTP/1.1 429 ").And.Contain("\r\nRetry-After: ").And.Contain("application/json");
        using var other = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(SharedApi.Demo));

        first.Dispose();
        await api.UntilEndedAsync(_tenant, "client_gone");
        using var fourth = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(_tenant));
    }

    /// <summary>
    /// A stream whose token is accepted for a moment more: two seconds of the skew, or more where the machine takes that long to open one.
    /// </summary>
    private async Task<(StreamSocket Stream, DateTimeOffset AcceptedUntil)> OpenWithLittleTimeAsync()
    {
        for (var left = 2; ; left *= 2)
        {
            // A token tells whole seconds.
            var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
            var stream = await StreamSocket.OpenAsync(Api.BaseAddress, Api.TenantToken(_tenant, lifetime: TimeSpan.FromSeconds(left - 30)));
            await stream.UntilAsync("\r\n\r\n");
            if (stream.Received.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
                return (stream, now.AddSeconds(left));
            left.Should().BeLessThan(30, "a token that is good for so long opens a stream");
            stream.Dispose();
        }
    }
}
