using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract;

/// <summary>The service under test, as rules see it: calls, and what they share so that it is made once.</summary>
internal sealed class Service : IAsyncDisposable
{
    private const int Retries = 8;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = 64,
    })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    private readonly Lazy<Task<LiveReader>> _live;

    public Service(Means means)
    {
        Means = means;
        History = new History(this);
        Farewell = new Farewell(this);
        _live = new Lazy<Task<LiveReader>>(() => ReadyAsync(Tenant));
    }

    public Means Means { get; }

    public Uri Address => Means.Service;

    public Credential Tenant => Means.Tenant!;

    public Credential Admin => Means.Admin!;

    public Credential Key => Means.Key!;

    /// <summary>What there is to read.</summary>
    public History History { get; }

    /// <summary>A tenant and a key that are taken away.</summary>
    public Farewell Farewell { get; }

    /// <summary>A stream of the tenant that all rules watch together.</summary>
    public Task<LiveReader> LiveAsync() => _live.Value;

    public Task<Answer> GetAsync(string path, Credential? credential = null, params (string Name, string Value)[] headers) =>
        SendAsync(new Call("GET", path, credential) { Headers = headers });

    /// <summary>Sends, and where the service asks to come again later, does so, as any client of it must.</summary>
    public async Task<Answer> SendAsync(Call call)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = call.ToRequest(Address);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var answer = await Answer.ReadAsync(call, Address, response);
            if (answer.ComeAgain is not { } wait || wait > LongestWait || attempt == Retries)
                return answer;
            await Pace.OfAsync(wait);
        }
    }

    /// <summary>Asks for a stream; it may be refused.</summary>
    public Task<LiveReader> ListenAsync(Credential? credential, params (string Name, string Value)[] headers) =>
        LiveReader.OpenAsync(_client, new Call("GET", Paths.Stream, credential) { Headers = headers }, Address);

    /// <summary>An open stream with parameters that has said ready.</summary>
    public async Task<LiveReader> ReadyAsync(Credential credential, string query)
    {
        var live = await LiveReader.OpenAsync(_client, new Call("GET", $"{Paths.Stream}?{query}", credential), Address);
        live.Head.ShouldBe(200);
        await live.ReadyAsync();
        return live;
    }

    /// <summary>An open stream that has said ready.</summary>
    public async Task<LiveReader> ReadyAsync(Credential credential, params (string Name, string Value)[] headers)
    {
        var live = await ListenAsync(credential, headers);
        live.Head.ShouldBe(200);
        await live.ReadyAsync();
        return live;
    }

    /// <summary>The tenant's code, as its key's validation says it.</summary>
    public async Task<string> TenantCodeAsync()
    {
        if (Means.Key is { } key)
            return (await GetAsync(Paths.Validation, key)).Data().Text("tenant_code")!;
        return new Forge(Tenant, null).Claims["tenant_code"]?.GetValue<string>()
            ?? throw new CannotTellException("needs --api-key, or a tenant_code in the token: the tenant's code");
    }

    /// <summary>The tenant's id, as its token claims it.</summary>
    /// <exception cref="CannotTellException">The token has no such claim under its default name.</exception>
    public string TenantId() =>
        new Forge(Tenant, null).Claims["tenant_id"]?.GetValue<string>() ?? throw new CannotTellException("the token has no tenant_id");

    public async ValueTask DisposeAsync()
    {
        if (_live.IsValueCreated && _live.Value.IsCompletedSuccessfully)
            await (await _live.Value).DisposeAsync();
        await Farewell.DisposeAsync();
        _client.Dispose();
    }
}
