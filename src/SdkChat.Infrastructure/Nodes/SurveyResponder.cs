using System.Text.Json;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>Replies to survey requests about this node's streams, and ends a stream that a request names.</summary>
internal sealed class SurveyResponder(
    ThisNode node, SurveySignal signal, SseHub hub, FeedConnections connections, ILogger<SurveyResponder> logger)
    : BackgroundWorker(logger)
{
    protected override string Work => "Reply to the survey of streams";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await signal.WaitAsync(stoppingToken);
            await TryAsync(ReplyAsync, stoppingToken);
        }
    }

    private async Task ReplyAsync(CancellationToken cancellationToken)
    {
        foreach (var request in await connections.Database.QueryAsync<RequestRow>(NodeSql.Open, new { node = node.Id }, cancellationToken))
        {
            var found = Find(request);
            var streams = request.Newest == TenantStreams.Newest
                ? JsonSerializer.Serialize(TenantStreams.Count(found))
                : Newest(found, request.Newest);
            var reply = new { request = request.RequestId, node = node.Id, total = (long)found.Length, streams };
            await connections.Database.ExecuteAsync(NodeSql.Reply, reply, cancellationToken);
        }
    }

    private static string Newest(SseSubscriber[] streams, long newest) => JsonSerializer.Serialize(
        streams.OrderByDescending(stream => stream.Since).ThenByDescending(stream => stream.Id)
            .Take((int)Math.Min(newest, int.MaxValue))
            .Select(StreamSnapshot.From));

    private SseSubscriber[] Find(RequestRow request)
    {
        if (request.StreamId is not { } id)
            return [.. hub.Streams().Where(stream => request.TenantId is null || stream.Tenant.Value == request.TenantId)];

        var stream = hub.Streams().FirstOrDefault(stream => stream.Id == id);
        stream?.End(StreamEndReason.Disconnected);
        return stream is null ? [] : [stream];
    }

    private sealed record RequestRow(long RequestId, Guid? TenantId, Guid? StreamId, long Newest);
}
