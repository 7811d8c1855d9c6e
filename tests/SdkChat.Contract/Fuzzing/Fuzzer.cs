using System.Globalization;
using System.Text;
using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Contract.Fuzzing;

/// <summary>Sends generated requests to a service and checks each answer against the service's own OpenAPI document.</summary>
internal sealed class Fuzzer : IDisposable
{
    private const int AtOnce = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = 16,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    });

    private readonly Means _means;
    private readonly KnownIds _ids = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Operation, string Problem), Finding> _findings = [];
    private readonly SortedDictionary<int, int> _statuses = [];

    public Fuzzer(Means means) => _means = means;

    /// <param name="requests">How many requests at most.</param>
    /// <param name="time">How long at most.</param>
    /// <exception cref="CannotTellException">The service has no OpenAPI document, or no operation can be called.</exception>
    public async Task<FuzzResult> RunAsync(int seed, int requests, TimeSpan time)
    {
        var document = await DocumentAsync();
        var credentials = new FuzzCredentials(_means);
        var all = ApiOperation.Read(document);
        var called = all.Where(operation => Reason(operation, credentials) is null).ToArray();
        if (called.Length == 0)
            throw new CannotTellException("no operation can be called: give --tenant-token, --admin-token or --api-key");
        var generator = new RequestGenerator(called, credentials, _ids, seed);
        var check = new AnswerCheck(document);
        var started = TimeProvider.System.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            int number;
            while ((number = Interlocked.Increment(ref next)) < requests && TimeProvider.System.GetElapsedTime(started) < time)
                await SendAsync(generator.Create(number), check, seed);
        }));
        await RemoveTenantsAsync(credentials, all);
        var left = all.Except(called).GroupBy(operation => Reason(operation, credentials)!)
            .Select(group => $"{group.Count()} operations not called: {group.Key}");
        return new FuzzResult(seed, _statuses.Values.Sum(), _statuses, [.. left], [.. _findings.Values.OrderBy(finding => finding.Number)]);
    }

    public void Dispose() => _client.Dispose();

    private string? Reason(ApiOperation operation, FuzzCredentials credentials) =>
        credentials.For(operation) is null
            ? $"needs {FuzzCredentials.Option(operation)}"
            : operation.IsRead || _means.AllowsWrites ? null : "needs --allow-writes";

    private async Task<ApiDocument> DocumentAsync()
    {
        using var response = await _client.GetAsync(new Uri(_means.Service, Paths.OpenApi));
        if (!response.IsSuccessStatusCode)
            throw new CannotTellException(
                $"{Paths.OpenApi} answered {(int)response.StatusCode}: requests are generated from that document");
        return new ApiDocument(JsonElement.Parse(await response.Content.ReadAsByteArrayAsync()));
    }

    private async Task SendAsync(FuzzRequest request, AnswerCheck check, int seed)
    {
        FuzzAnswer answer;
        try
        {
            answer = await FuzzAnswer.SendAsync(_client, request.Call, _means.Service);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            // A refused request line or header may end the connection; a service that is gone shows in each request.
            Add(request, 0, $"no complete answer: {exception.Message}", seed);
            return;
        }

        Add(request, answer.Status, check.Problem(request, answer), seed);
        if (answer is { IsJson: true, Status: >= 200 and < 300 })
            Learn(request, answer);
        if (answer.RateLimited is { } wait)
            await Pace.OfAsync(wait < LongestPause ? wait : LongestPause);
    }

    private void Learn(FuzzRequest request, FuzzAnswer answer)
    {
        if (answer.Headers.TryGetValue("Link", out var links))
            _ids.LearnLinks(links);
        if (answer.Body.Length == 0)
            return;
        using var body = JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = 1100 });
        _ids.Learn(request.Call.Method == "POST", body.RootElement);
    }

    private void Add(FuzzRequest request, int status, string? problem, int seed)
    {
        lock (_gate)
        {
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            if (problem is null)
                return;
            // Messages hold ids and values: the first of a kind is enough.
            var kind = (request.Operation.ToString(), problem.Split(':')[0]);
            _findings[kind] = _findings.TryGetValue(kind, out var known)
                ? known with { Count = known.Count + 1 }
                : new Finding(request.Operation.ToString(), _means.Hide(problem), request.Number, _means.Hide(Curl(request, seed)), 1);
        }
    }

    /// <summary>A body that a shell cannot hold is written to a file beside.</summary>
    private string Curl(FuzzRequest request, int seed)
    {
        var curl = request.Call.Curl(_means.Service);
        if (request.Call.Body is not { } body || (body.Length <= 400 && !body.Any(one => one is 0 or > 126)))
            return curl;
        var file = Path.Combine(
            Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"sdkchat-fuzz-{seed}-{request.Number}.body"));
        File.WriteAllBytes(file, body);
        var at = curl.IndexOf(" --data-binary ", StringComparison.Ordinal);
        return $"{(at < 0 ? curl : curl[..at])} --data-binary @{file}";
    }

    /// <summary>Tenants cannot be deleted by a call: those of the run are disabled.</summary>
    private async Task RemoveTenantsAsync(FuzzCredentials credentials, IReadOnlyList<ApiOperation> operations)
    {
        if (operations.FirstOrDefault(operation => operation is { Method: "PATCH", Path: Paths.Tenants + "/{tenant_id}" }) is not { } update
            || credentials.For(update) is not { } admin)
            return;
        foreach (var tenant in _ids.Created("tenant_id"))
            await FuzzAnswer.SendAsync(
                _client, new Call("PATCH", $"{Paths.Tenants}/{tenant}", admin) { Body = "{\"enabled\":false}"u8.ToArray() },
                _means.Service);
    }
}
