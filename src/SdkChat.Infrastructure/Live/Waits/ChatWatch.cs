using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Waits;

/// <inheritdoc cref="IChatWatch"/>
internal sealed class ChatWatch(TenantId tenant, ChatId chat, TimeProvider clock, Action<ChatWatch> disposed) : IChatWatch
{
    private readonly Lock _gate = new();

    private ChatSignals _signals;
    private TaskCompletionSource _signalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TenantId Tenant => tenant;

    public ChatId Chat => chat;

    public void Signal(ChatSignals signals)
    {
        lock (_gate)
        {
            _signals |= signals;
            _signalled.TrySetResult();
        }
    }

    public async Task<ChatSignals> TakeSignalsAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Task signalled;
        lock (_gate)
            signalled = _signalled.Task;
        await signalled.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return Take();
    }

    public void Dispose() => disposed(this);

    private ChatSignals Take()
    {
        lock (_gate)
        {
            var signals = _signals;
            _signals = ChatSignals.None;
            if (_signalled.Task.IsCompleted)
                _signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return signals;
        }
    }
}
