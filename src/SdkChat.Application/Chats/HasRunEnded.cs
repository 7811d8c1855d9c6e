using MediatR;
using SdkChat.Application.Pipelines;

namespace SdkChat.Application.Chats;

/// <summary>
/// Whether the pipeline has finished the run of a chat in progress, so that a poll would change the chat. It does not read storage: a
/// waiting poll sends it once a second.
/// </summary>
/// <param name="Limit">How long to wait for the pipeline. If it does not respond in time, the result is false.</param>
public sealed record HasRunEndedQuery(RunTicket Run, TimeSpan Limit) : IRequest<bool>;

internal sealed class HasRunEndedHandler(IPipeline pipeline, RunPolicy policy, TimeProvider clock) : IRequestHandler<HasRunEndedQuery, bool>
{
    public async Task<bool> Handle(HasRunEndedQuery request, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - request.Run.KickedOffAt >= policy.TimeLimit)
            return true;

        using var waitLimit = new CancellationTokenSource(request.Limit < policy.PollTimeout ? request.Limit : policy.PollTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waitLimit.Token, cancellationToken);
        try
        {
            return await pipeline.AskAsync(request.Run, either.Token) is RunReport.Completed or RunReport.Failed;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
