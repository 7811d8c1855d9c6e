using System.Text.Json;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>Asks the nodes through the database: nothing is written about streams while nobody asks.</summary>
internal sealed class StreamSurveyor(Database database, NodeBell bell, ThisNode self, TimeProvider clock) : IStreamSurvey
{
    /// <summary>A node that hears no notifications looks once a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public Task<StreamSurvey> ListAsync(TenantId? tenant, long newest, CancellationToken cancellationToken) =>
        AskAsync(new { tenant = tenant?.Value, stream = (Guid?)null, newest }, isOneEnough: false, cancellationToken);

    public Task<StreamSurvey> DisconnectAsync(Guid stream, CancellationToken cancellationToken) =>
        AskAsync(new { tenant = (Guid?)null, stream = (Guid?)stream, newest = 1L }, isOneEnough: true, cancellationToken);

    private async Task<StreamSurvey> AskAsync(object question, bool isOneEnough, CancellationToken cancellationToken)
    {
        var nodes = (await database.QueryAsync<NodeRow>(NodeSql.Alive, null, cancellationToken)).ToDictionary(node => node.NodeId, node => node.Name);
        nodes.TryAdd(self.Id, self.Name);
        var inquiry = await database.QuerySingleOrDefaultAsync<long>(NodeSql.Ask, question, cancellationToken);
        bell.Set();
        await WaitAsync(inquiry, nodes.Keys, isOneEnough, cancellationToken);

        var answers = await database.QueryAsync<AnswerRow>(NodeSql.Collect, new { inquiry }, cancellationToken);
        var streams =
            from answer in answers
            from told in JsonSerializer.Deserialize<ToldStream[]>(answer.Streams)!
            select told.On(nodes.GetValueOrDefault(answer.NodeId) ?? answer.NodeId.ToString());
        // One that came up meanwhile has answered unasked.
        var asked = nodes.Keys.Union(answers.Select(answer => answer.NodeId)).Count();
        return new StreamSurvey([.. streams], answers.Sum(answer => answer.Total), asked, answers.Count);
    }

    private async Task WaitAsync(long inquiry, ICollection<Guid> nodes, bool isOneEnough, CancellationToken cancellationToken)
    {
        var pause = FirstLook;
        for (var asked = clock.GetTimestamp(); clock.GetElapsedTime(asked) < Patience; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, clock, cancellationToken);
            var answers = await database.QueryAsync<AnsweredRow>(NodeSql.Answered, new { inquiry }, cancellationToken);
            if (isOneEnough && answers.Any(answer => answer.Total > 0))
                return;
            if (!nodes.Except(answers.Select(answer => answer.NodeId)).Any())
                return;
        }
    }

    private sealed record NodeRow(Guid NodeId, string Name);

    private sealed record AnsweredRow(Guid NodeId, long Total);

    private sealed record AnswerRow(Guid NodeId, long Total, string Streams);
}
