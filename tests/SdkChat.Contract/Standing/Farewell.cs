using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Standing;

/// <summary>Disables a tenant and revokes a key of the tests' own, once for all rules that want to see what comes of it.</summary>
internal sealed class Farewell : IAsyncDisposable
{
    /// <summary>How long the contract gives a change, and a moment for the question itself.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5.5);

    private readonly Service _service;
    private readonly Lazy<Task<DisabledTenant>> _tenant;
    private readonly Lazy<Task<RevokedKey>> _key;

    public Farewell(Service service)
    {
        _service = service;
        _tenant = new Lazy<Task<DisabledTenant>>(DisableAsync);
        _key = new Lazy<Task<RevokedKey>>(RevokeAsync);
    }

    private IOperator Operator => _service.Means.Operator!;

    public Task<DisabledTenant> TenantAsync() => _tenant.Value;

    public Task<RevokedKey> KeyAsync() => _key.Value;

    public async ValueTask DisposeAsync()
    {
        if (_tenant.IsValueCreated && _tenant.Value.IsCompletedSuccessfully && (await _tenant.Value).Stream is { } stream)
            await stream.DisposeAsync();
    }

    private async Task<DisabledTenant> DisableAsync()
    {
        var code = "contract-" + Guid.NewGuid().ToString("n")[..8];
        await Operator.AddTenantAsync(code);
        var key = Credential.Key("DISABLED_API_KEY", await Operator.CreateKeyAsync(code));
        var token = await Operator.TokenAsync(code) is { } text ? Credential.Token("DISABLED_TENANT_TOKEN", text) : null;
        (await _service.GetAsync(Paths.Validation, key)).Data();
        var stream = token is null ? null : await _service.ReadyAsync(token);

        await Operator.DisableTenantAsync(code);
        var since = TimeProvider.System.GetTimestamp();
        var (ofKey, ofToken) = (
            RefusedAfterAsync(Paths.Validation, key, since),
            token is null ? Task.FromResult(TimeSpan.Zero) : RefusedAfterAsync(Paths.List, token, since));
        var streamEnded = stream is null || await EndedAsync(stream);
        return new DisabledTenant(token, key, await ofKey, await ofToken, stream, streamEnded);
    }

    private async Task<RevokedKey> RevokeAsync()
    {
        var key = Credential.Key("REVOKED_API_KEY", await Operator.CreateKeyAsync(await _service.TenantCodeAsync()));
        (await _service.GetAsync(Paths.Validation, key)).Data();
        await Operator.RevokeKeyAsync(key.Value);
        return new RevokedKey(key, await RefusedAfterAsync(Paths.Profile(Paths.Nobody), key, TimeProvider.System.GetTimestamp()));
    }

    /// <returns>After how long; the limit and more where it never was.</returns>
    private async Task<TimeSpan> RefusedAfterAsync(string path, Credential credential, long since)
    {
        while ((await _service.GetAsync(path, credential)).Status is not (401 or 403) && TimeProvider.System.GetElapsedTime(since) < Limit)
            await Pace.OfAsync(Pace.Poll);
        return TimeProvider.System.GetElapsedTime(since);
    }

    private static async Task<bool> EndedAsync(LiveReader stream)
    {
        try
        {
            await stream.EndAsync(Limit, "the tenant is disabled");
            return true;
        }
        catch (RuleBrokenException)
        {
            return false;
        }
    }
}

/// <param name="Token">Null where nobody can sign one.</param>
/// <param name="Stream">What was open when it was disabled.</param>
internal sealed record DisabledTenant(
    Credential? Token, Credential Key, TimeSpan KeyRefusedAfter, TimeSpan TokenRefusedAfter, LiveReader? Stream, bool StreamEnded);

internal sealed record RevokedKey(Credential Key, TimeSpan RefusedAfter);
