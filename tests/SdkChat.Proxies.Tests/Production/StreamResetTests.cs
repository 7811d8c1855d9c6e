using System.Net.Http.Headers;
using Dapper;
using Npgsql;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>A super admin ends a stream and hangs up before the answer: the audit trail says whose stream it was.</summary>
public sealed class StreamResetTests
{
    private const string Streams = "/api/v1/admin/sdk-chat/streams";
    private const string Audited = """
        select exists (select from audit_entry where subject = @subject and action = 'disconnect_stream' and target_id = @stream and tenant_id = @tenant and status = 200)
        """;

    private const string Waiting = """
        select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into node_inquiry%')
        """;

    [Test]
    public async Task Disconnect_ResetBehindAProxy_IsAuditedWithItsTenant()
    {
        var rig = ProductionSetup.Rig;
        foreach (var proxy in new[] { rig.Nginx, rig.Haproxy })
        {
            using var client = new RigClient(proxy, rig.Certificate);
            var (tenant, subject) = (rig.Tenants[0], $"reset-{Guid.NewGuid():N}");
            await using var watched = await QuietStream.OpenAsync(
                proxy.Secure, System.Net.HttpVersion.Version11, tenant.AdminToken(subject), rig.Certificate);
            (await watched.NextAsync()).Should().Be("ready", proxy.Name);
            var open = (await client.BackofficeAsync($"{Streams}?tenant_id={tenant.Id}&size=100", Token(subject))).Data.GetProperty("items")
                .EnumerateArray();
            var stream = open.Single(one => one.GetProperty("subject").GetString() == subject).GetProperty("stream_id").GetGuid();

            await HangUpAsync(rig, proxy, stream, subject);

            await using var database = new NpgsqlConnection(rig.OwnerConnectionString);
            await Eventually.TrueAsync(() => database.ExecuteScalarAsync<bool>(Audited, new { subject, stream, tenant = tenant.Id }));
            (await database.ExecuteScalarAsync<int>(
                "select count(*)::int from audit_entry where subject = @subject and status = 499", new { subject }))
                .Should().Be(0, proxy.Name);
        }
    }

    /// <summary>The call waits for a lock until its caller has gone.</summary>
    private static async Task HangUpAsync(ProductionRig rig, Proxy proxy, Guid stream, string subject)
    {
        await using var locking = new NpgsqlConnection(rig.OwnerConnectionString);
        await locking.OpenAsync();
        await using var transaction = await locking.BeginTransactionAsync();
        await locking.ExecuteAsync("lock table node_inquiry in access exclusive mode", transaction: transaction);
        using var caller = Client.New(rig.Certificate);
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(proxy.Secure, $"{Streams}/{stream}"))
        {
            Headers = { Host = "admin.aika.life", Authorization = new AuthenticationHeaderValue("Bearer", Token(subject)) },
        };
        var call = caller.SendAsync(request, leaving.Token);
        // Other roles do not see what the service's statements wait for.
        await using (var watching = new NpgsqlConnection((await TestPostgres.Shared).ConnectionString("sdkchat") + ";Pooling=false"))
            await Eventually.TrueAsync(() => watching.ExecuteScalarAsync<bool>(Waiting));
        await leaving.CancelAsync();
        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
        await transaction.CommitAsync();
    }

    private static string Token(string subject) => TestTokens.Hs256(
        new Dictionary<string, object?>(TestTokens.BackofficeClaims(TimeProvider.System.GetUtcNow())) { ["sub"] = subject },
        TestTokens.BackofficeSecret);
}
