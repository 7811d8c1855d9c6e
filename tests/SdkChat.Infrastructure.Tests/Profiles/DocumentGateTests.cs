using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Profiles;

namespace SdkChat.Infrastructure.Tests.Profiles;

public sealed class DocumentGateTests
{
    private static readonly TenantId Busy = new(Guid.CreateVersion7());
    private static readonly TenantId Other = new(Guid.CreateVersion7());

    private readonly FakeTimeProvider _clock = new();
    private DocumentGate _gate = null!;

    [SetUp]
    public void SetUp() => _gate = new DocumentGate(new NpgsqlConnectionStringBuilder { MaxPoolSize = 8, Timeout = 3 }, _clock);

    [Test]
    public async Task Run_PastATenantsPart_WaitsAndCostsNoOtherTenant()
    {
        var ends = new TaskCompletionSource<int>();
        var (first, second) = (RunAsync(Busy, ends.Task), RunAsync(Busy, ends.Task));

        var third = RunAsync(Busy, Task.FromResult(3));
        var other = await RunAsync(Other, Task.FromResult(4));
        third.IsCompleted.Should().BeFalse();
        ends.SetResult(1);

        (await first, await second, await third, other).Should().Be((1, 1, 3, 4));
    }

    [Test]
    public async Task Run_ThatWaitsTooLong_IsUnavailable()
    {
        var ends = new TaskCompletionSource<int>();
        var running = new[] { RunAsync(Busy, ends.Task), RunAsync(Busy, ends.Task) };
        var waiting = () => RunAsync(Busy, Task.FromResult(3));

        var refused = waiting.Should().ThrowAsync<UnavailableException>();
        _clock.Advance(TimeSpan.FromSeconds(3));
        await refused;
        ends.SetResult(1);
        await Task.WhenAll(running);

        (await waiting()).Should().Be(3, "what failed has left its place");
    }

    [Test]
    public async Task Run_ThatFails_LeavesItsPlace()
    {
        for (var n = 0; n < 5; n++)
        {
            var failing = () => RunAsync(Busy, Task.FromException<int>(new InvalidOperationException()));
            await failing.Should().ThrowAsync<InvalidOperationException>();
        }

        (await RunAsync(Busy, Task.FromResult(1))).Should().Be(1);
    }

    private Task<int> RunAsync(TenantId tenant, Task<int> work) => _gate.RunAsync(tenant, () => work, CancellationToken.None);
}
