using System.Text.Json;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>
/// Sends survey requests through the database and collects the replies. Without a request no data about streams is written.
/// </summary>
internal sealed class StreamSurveyor(Database database, SurveySignal signal, ThisNode self, TimeProvider clock) : IStreamSurvey
{
    /// <summary>Twice the poll interval of a node without notifications.</summary>
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public Task<StreamSurvey> ListAsync(TenantId? tenant, long newest, CancellationToken cancellationToken) =>
        RequestAsync(new { tenant = tenant?.Value, stream = (Guid?)null, newest }, isOneEnough: false, cancellationToken);

    public Task<StreamSurvey> DisconnectAsync(Guid stream, CancellationToken cancellationToken) =>
        RequestAsync(new { tenant = (Guid?)null, stream = (Guid?)stream, newest = 1L }, isOneEnough: true, cancellationToken);

    public async Task<StreamCounts> CountAsync(CancellationToken cancellationToken)
    {
        var (nodes, answers) = await AskAsync(
            new { tenant = (Guid?)null, stream = (Guid?)null, newest = TenantStreams.Newest }, isOneEnough: false, cancellationToken);
        var counts = answers.Select(answer => (answer.Total, Streams: JsonSerializer.Deserialize<TenantStreams[]>(answer.Streams)!))
            .ToArray();
        // A node of an earlier version replies with its total only.
        var complete = counts.Where(answer => answer.Streams.Sum(tenant => tenant.Streams) == answer.Total).ToArray();
        var byTenant = complete.SelectMany(answer => answer.Streams).GroupBy(tenant => new TenantId(tenant.Tenant))
            .ToDictionary(tenant => tenant.Key, tenant => tenant.Sum(one => one.Streams));
        return new StreamCounts(byTenant, Asked(nodes, answers), complete.Length);
    }

    private async Task<StreamSurvey> RequestAsync(object parameters, bool isOneEnough, CancellationToken cancellationToken)
    {
        var (nodes, answers) = await AskAsync(parameters, isOneEnough, cancellationToken);
        var streams =
            from answer in answers
            from snapshot in JsonSerializer.Deserialize<StreamSnapshot[]>(answer.Streams)!
            select snapshot.On(nodes.GetValueOrDefault(answer.NodeId) ?? answer.NodeId.ToString());
        return new StreamSurvey([.. streams], answers.Sum(answer => answer.Total), Asked(nodes, answers), answers.Count);
    }

    /// <summary>The number of nodes asked, including those that started meanwhile and have replied.</summary>
    private static int Asked(Dictionary<Guid, string> nodes, IEnumerable<ReplyRow> answers) =>
        nodes.Keys.Union(answers.Select(answer => answer.NodeId)).Count();

    private async Task<(Dictionary<Guid, string> Nodes, IReadOnlyList<ReplyRow> Answers)> AskAsync(
        object parameters, bool isOneEnough, CancellationToken cancellationToken)
    {
        var nodes = (await database.QueryAsync<NodeRow>(NodeSql.Alive, null, cancellationToken))
            .ToDictionary(node => node.NodeId, node => node.Name);
        nodes.TryAdd(self.Id, self.Name);
        var request = await database.QuerySingleOrDefaultAsync<long>(NodeSql.Request, parameters, cancellationToken);
        signal.Set();
        await WaitAsync(request, nodes.Keys, isOneEnough, cancellationToken);
        return (nodes, await database.QueryAsync<ReplyRow>(NodeSql.Collect, new { request }, cancellationToken));
    }

    private async Task WaitAsync(long request, ICollection<Guid> nodes, bool isOneEnough, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var asked = clock.GetTimestamp();
            clock.GetElapsedTime(asked) < ReplyTimeout;
            pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, clock, cancellationToken);
            var answers = await database.QueryAsync<RepliedRow>(NodeSql.Replied, new { request }, cancellationToken);
            if (isOneEnough && answers.Any(answer => answer.Total > 0))
                return;
            if (!nodes.Except(answers.Select(answer => answer.NodeId)).Any())
                return;
        }
    }

    private sealed record NodeRow(Guid NodeId, string Name);

    private sealed record RepliedRow(Guid NodeId, long Total);

    private sealed record ReplyRow(Guid NodeId, long Total, string Streams);
}
