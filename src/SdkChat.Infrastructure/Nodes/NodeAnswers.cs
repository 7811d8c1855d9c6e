using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Hub;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>Answers for this node's streams what any node asks, and ends the one that is to be ended.</summary>
internal sealed partial class NodeAnswers(ThisNode node, NodeBell bell, SseHub hub, FeedConnections connections, ILogger<NodeAnswers> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await bell.WaitAsync(stoppingToken);
            try
            {
                await AnswerAsync(stoppingToken);
            }
            catch (UnavailableException)
            {
                // Whoever asked cannot read an answer either.
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                AnswerFailed(exception);
            }
        }
    }

    private async Task AnswerAsync(CancellationToken cancellationToken)
    {
        foreach (var inquiry in await connections.Database.QueryAsync<InquiryRow>(NodeSql.Open, new { node = node.Id }, cancellationToken))
        {
            var found = Find(inquiry);
            var told = found.OrderByDescending(stream => stream.Since).ThenByDescending(stream => stream.Id)
                .Take((int)Math.Min(inquiry.Newest, int.MaxValue))
                .Select(ToldStream.Of);
            var answer = new { inquiry = inquiry.InquiryId, node = node.Id, total = (long)found.Length, streams = JsonSerializer.Serialize(told) };
            await connections.Database.ExecuteAsync(NodeSql.Answer, answer, cancellationToken);
        }
    }

    private SseSubscriber[] Find(InquiryRow inquiry)
    {
        if (inquiry.StreamId is not { } id)
            return [.. hub.Streams().Where(stream => inquiry.TenantId is null || stream.Tenant.Value == inquiry.TenantId)];

        var stream = hub.Streams().FirstOrDefault(stream => stream.Id == id);
        stream?.End(StreamEndReason.Disconnected);
        return stream is null ? [] : [stream];
    }

    private sealed record InquiryRow(long InquiryId, Guid? TenantId, Guid? StreamId, long Newest);

    [LoggerMessage(LogLevel.Error, "Answering another node failed: the backoffice does not see this node's streams")]
    private partial void AnswerFailed(Exception exception);
}
