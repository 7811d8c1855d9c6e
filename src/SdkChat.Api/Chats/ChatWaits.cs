using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Refusals;
using SdkChat.Api.Http;
using SdkChat.Application.Live;

namespace SdkChat.Api.Chats;

/// <summary>
/// Responds to a conditional read of a chat when the chat changes (<c>If-None-Match</c> with <c>Prefer: wait</c>). The change feed signals
/// the change; the chat is read then, and at the end of the wait.
/// </summary>
internal sealed class ChatWaits(IChatWatches watches, CallerRecheck caller, TimeProvider clock)
{
    /// <summary>The longest wait. Proxies commonly close a connection that is silent for a minute.</summary>
    private const int MaxSeconds = 30;

    private static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(1);

    /// <param name="read">Reads the chat and renders its response.</param>
    /// <param name="isDue">
    /// Called once a second, with the remaining wait: whether to read although no change was signalled. Null for never.
    /// </param>
    public async Task<IActionResult> AnswerAsync(
        HttpContext http,
        Func<CancellationToken, Task<ChatDetailResult>> read,
        Func<TimeSpan, CancellationToken, Task<bool>>? isDue,
        CancellationToken cancellationToken)
    {
        var result = await read(cancellationToken);
        if (PreferHeader.GetWait(http.Request) is not { } seconds)
            return result;

        var wait = new Wait(http, read, isDue, Math.Min(seconds, MaxSeconds), clock.GetTimestamp());
        if (!result.Tag.IsKnownTo(http.Request))
            return wait.Apply(result);

        using var watch = watches.TryWatch(result.Tenant, result.Chat);
        // Without Preference-Applied the caller knows that it must pause before the next request.
        if (watch is null)
            return result;

        result.Dispose();
        return await ReadUntilChangedAsync(wait, watch, cancellationToken);
    }

    /// <summary>
    /// Reads first: the chat may have changed before the watch began. A result is not kept in memory while the request waits.
    /// </summary>
    private async Task<IActionResult> ReadUntilChangedAsync(Wait wait, IChatWatch watch, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await wait.Read(cancellationToken);
            if (!result.Tag.IsKnownTo(wait.Http.Request) || GetRest(wait) <= TimeSpan.Zero)
                return wait.Apply(result);

            result.Dispose();
            if (await WaitAsync(wait, watch, result.Tag, cancellationToken) is { } end)
                return end;
        }
    }

    /// <returns>The response that ends the wait; null if the chat must be read.</returns>
    private async Task<IActionResult?> WaitAsync(Wait wait, IChatWatch watch, WeakETag tag, CancellationToken cancellationToken)
    {
        while (true)
        {
            var signals = await TakeSignalsAsync(wait, watch, cancellationToken);
            if ((signals & (ChatSignals.AccessChanged | ChatSignals.Ended)) != 0 && await caller.FindRefusalAsync(wait.Http) is { } refusal)
                return refusal;
            if ((signals & ChatSignals.Ended) != 0)
                return new NotModifiedResult(tag);
            if (signals != ChatSignals.AccessChanged)
                return null;
        }
    }

    private async Task<ChatSignals> TakeSignalsAsync(Wait wait, IChatWatch watch, CancellationToken cancellationToken)
    {
        while (GetRest(wait) is var rest && rest > TimeSpan.Zero)
        {
            var signals = await watch.TakeSignalsAsync(wait.IsDue is null || rest < AskInterval ? rest : AskInterval, cancellationToken);
            if (signals != ChatSignals.None)
                return signals;
            if (wait.IsDue is { } isDue && GetRest(wait) is var left && left > TimeSpan.Zero && await isDue(left, cancellationToken))
                return ChatSignals.Changed;
        }

        return ChatSignals.None;
    }

    /// <summary>The remaining wait: not longer than the caller's credential is accepted.</summary>
    private TimeSpan GetRest(Wait wait)
    {
        var rest = TimeSpan.FromSeconds(wait.Seconds) - clock.GetElapsedTime(wait.Since);
        return wait.Http.GetAcceptedUntil() - clock.GetUtcNow() is { } accepted && accepted < rest ? accepted : rest;
    }

    /// <param name="Seconds">The wait after the limits were applied.</param>
    private sealed record Wait(
        HttpContext Http, Func<CancellationToken, Task<ChatDetailResult>> Read, Func<TimeSpan, CancellationToken, Task<bool>>? IsDue,
        int Seconds, long Since)
    {
        public ChatDetailResult Apply(ChatDetailResult result)
        {
            Http.Response.Headers[PreferHeader.Applied] = $"wait={Seconds}";
            return result;
        }
    }
}
