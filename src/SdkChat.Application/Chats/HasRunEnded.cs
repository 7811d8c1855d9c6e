using MediatR;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats;

/// <summary>
/// Whether the pipeline has finished the run of a chat in progress, so that a poll would change the chat. It does not read storage: a
/// waiting poll sends it once a second.
/// </summary>
/// <param name="Limit">How long to wait for the pipeline. If it does not respond in time, the result is false.</param>
public sealed record HasRunEndedQuery(ChatState Chat, TimeSpan Limit) : IRequest<bool>;

internal sealed class HasRunEndedHandler(IPipeline pipeline, RunPolicy policy, TimeProvider clock) : IRequestHandler<HasRunEndedQuery, bool>
{
    public async Task<bool> Handle(HasRunEndedQuery request, CancellationToken cancellationToken)
    {
        var chat = request.Chat;
        if (clock.GetUtcNow() - chat.CreatedAt >= policy.TimeLimit)
            return true;

        using var waitLimit = new CancellationTokenSource(request.Limit < policy.PollPatience ? request.Limit : policy.PollPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waitLimit.Token, cancellationToken);
        try
        {
            // The locale affects the result's texts only, not whether there is a result.
            return await pipeline.AskAsync(new RunTicket(chat.Id, chat.CreatedAt, Locale: null, chat.Prompt), either.Token)
                is RunReport.Completed or RunReport.Failed;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
