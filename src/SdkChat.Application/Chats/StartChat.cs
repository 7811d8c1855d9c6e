using System.Text;
using FluentValidation;
using MediatR;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Pipelines;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Starts a chat. It returns when the chat is stored; the pipeline run starts afterwards.</summary>
/// <param name="Prompt">As the shopper wrote it: 1 to 4,000 characters (Unicode code points) after trimming, without U+0000.</param>
/// <param name="IdempotencyKey">Null if the request has none.</param>
public sealed record StartChatCommand(TenantId Tenant, ProfileId Profile, string? Prompt, string? IdempotencyKey) : IRequest<StartedChat>;

/// <summary>A chat at its kickoff.</summary>
public sealed record StartedChat(ChatId Chat, ProfileId Profile, ChatStatus Status);

internal sealed class StartChatValidator : AbstractValidator<StartChatCommand>
{
    private const int MaxCharacters = 4000;

    public StartChatValidator()
    {
        RuleFor(command => command.Prompt)
            .Must(prompt => Characters(prompt) is >= 1 and <= MaxCharacters)
            .WithMessage("must be 1 to 4,000 characters, not counting white space around it.")
            .Must(prompt => prompt?.Contains('\0') != true)
            .WithMessage("must not contain U+0000.");
        RuleFor(command => command.IdempotencyKey).IsIdempotencyKey();
    }

    /// <summary>Counts code points: an emoji is one character, not two.</summary>
    private static int Characters(string? prompt) => prompt?.Trim().EnumerateRunes().Count() ?? 0;
}

internal sealed class StartChatHandler(
    IProfileRepository profiles, IChatRepository chats, IIdempotencyStore idempotency, IRunSignal runs, TimeProvider clock)
    : IRequestHandler<StartChatCommand, StartedChat>
{
    /// <summary>Part of stored fingerprints: it must not change.</summary>
    private const string UseCase = "StartChat";

    public async Task<StartedChat> Handle(StartChatCommand request, CancellationToken cancellationToken)
    {
        var prompt = request.Prompt!.Trim();
        var idempotent = IdempotentRequest.Create(request.IdempotencyKey, UseCase, request.Profile, [Encoding.UTF8.GetBytes(prompt)]);

        // Before all other checks: a repeated request gets the first response, even if the profile has been deleted since.
        return await FindProcessedAsync(request, idempotent, cancellationToken)
            ?? await StartAsync(request, prompt, idempotent, cancellationToken)
            ?? await FindProcessedAsync(request, idempotent, cancellationToken)
            ?? throw new SdkChatException(
                ErrorCode.Unavailable, "A request with the same Idempotency-Key is in progress. Try again in a moment.");
    }

    private async Task<StartedChat?> FindProcessedAsync(
        StartChatCommand request, IdempotentRequest? idempotent, CancellationToken cancellationToken) =>
        await idempotency.FindAsync(request.Tenant, idempotent, cancellationToken) is { } record ? ToStarted(request, record.Chat) : null;

    /// <returns>Null if another node has processed the same request meanwhile.</returns>
    private async Task<StartedChat?> StartAsync(
        StartChatCommand request, string prompt, IdempotentRequest? idempotent, CancellationToken cancellationToken)
    {
        var visit = await profiles.FindVisitAsync(request.Tenant, request.Profile, cancellationToken) ?? throw NotFoundException.Profile();
        var now = clock.Now();
        var chat = Chat.Start(
            new ChatId(Guid.CreateVersion7(now)), request.Tenant, request.Profile, visit.ActiveSession, prompt, now);
        if (await chats.AddAsync(request.Tenant, chat, idempotent, cancellationToken) != ChatWrite.Done)
            return null;

        runs.RunsDue();
        return ToStarted(request, chat.State.Id);
    }

    private static StartedChat ToStarted(StartChatCommand request, ChatId chat) => new(chat, request.Profile, ChatStatus.InProgress);
}
