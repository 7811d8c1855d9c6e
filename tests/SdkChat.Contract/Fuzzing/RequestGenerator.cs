using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Fuzzing;

/// <summary>Generates requests. Seed and number decide every choice; ids come from what the service answered.</summary>
internal sealed class RequestGenerator(IReadOnlyList<ApiOperation> operations, FuzzCredentials credentials, KnownIds ids, int seed)
{
    private static readonly string[] Methods = ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST", "GET", "TRACE", "PROPFIND", "QUERY"];
    private static readonly string?[] ContentTypes =
    [
        null, "text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=x", "application/vnd.x+json",
        "multipart/form-data", "x",
    ];

    private readonly ApiOperation[] _first = [.. operations.OrderBy(operation => operation.Path.Count(one => one == '{'))];

    public FuzzRequest Create(int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) + number));
        // The first round is one plain request for each operation, those without ids first: it finds the ids for the others.
        var operation = number < _first.Length ? _first[number] : operations[random.Next(operations.Count)];
        if (number < _first.Length || random.Next(6) == 0)
            return new FuzzRequest(number, operation, Plain(operation, random), IsPlain: true);
        return random.Next(12) switch
        {
            < 5 => WithParameters(number, operation, random),
            < 8 when operation.BodySchema is not null => new FuzzRequest(number, operation, WithBody(operation, random)),
            8 => new FuzzRequest(number, operation, WithMethod(Plain(operation, random), random)),
            9 => new FuzzRequest(number, operation, Plain(operation, random) with { Credential = credentials.Other(operation, random) }),
            _ => new FuzzRequest(number, operation, WithHeaders(Plain(operation, random), random)),
        };
    }

    /// <summary>An example of the document: its required parameters and its body.</summary>
    private Call Plain(ApiOperation operation, Random random)
    {
        var values = new ParameterValues(ids, random);
        var required = operation.Parameters.Where(parameter => parameter.IsRequired)
            .Select(parameter => (parameter, values.Create(parameter, ValueKind.Valid, !operation.IsRead)));
        return Send(operation, [.. required], random);
    }

    /// <summary>With optional parameters, of which one or two are not what they should be.</summary>
    private FuzzRequest WithParameters(int number, ApiOperation operation, Random random)
    {
        var values = new ParameterValues(ids, random);
        var mutated = operation.Parameters.OrderBy(_ => random.Next()).Take(random.Next(1, 3)).ToHashSet();
        var given = new List<(ApiParameter Parameter, string Value)>();
        var wrong = 0;
        foreach (var parameter
            in operation.Parameters.Where(parameter => parameter.IsRequired || mutated.Contains(parameter) || random.Next(3) == 0))
        {
            var kind = mutated.Contains(parameter) ? values.Mutation() : ValueKind.Valid;
            if (kind == ValueKind.Missing && parameter.In != "path")
                continue;
            given.Add((parameter, values.Create(parameter, kind, !operation.IsRead)));
            if (kind == ValueKind.Duplicate && parameter.In != "path")
                given.Add((parameter, values.Create(parameter, ValueKind.Hostile, !operation.IsRead)));
            wrong += kind == ValueKind.Wrong && ParameterValues.HasWrong(parameter) ? 1 : 0;
        }

        return new FuzzRequest(number, operation, Send(operation, given, random), MustBeRefused: wrong > 0);
    }

    private Call WithBody(ApiOperation operation, Random random)
    {
        var call = Plain(operation, random) with { Body = new BodyValues(ids, random).Mutated(operation), IsChunked = random.Next(8) == 0 };
        return random.Next(8) == 0 ? call with { ContentType = ContentTypes[random.Next(ContentTypes.Length)] } : call;
    }

    private static Call WithHeaders(Call call, Random random)
    {
        var headers = Enumerable.Range(0, random.Next(1, 4)).Select(_ => HeaderText.Create(random)).DistinctBy(header => header.Name);
        return call with { Headers = [.. call.Headers, .. headers] };
    }

    /// <summary>A method that may change something is sent to an address that nothing has.</summary>
    private static Call WithMethod(Call call, Random random)
    {
        var method = Methods[random.Next(Methods.Length)];
        return call
            with { Method = method, Body = null, Path = method is "PUT" or "PATCH" or "POST" or "DELETE" ? Unknown(call.Path) : call.Path };
    }

    private static string Unknown(string path) =>
        string.Join(
            '/',
            path.Split('?')[0].Split('/').Select(
                segment =>
                    Guid.TryParse(segment, out _)
                        ? Paths.Nobody
                        : segment.StartsWith("osk_", StringComparison.Ordinal) ? "osk_fuzz_00000000" : segment));

    private Call Send(ApiOperation operation, IReadOnlyList<(ApiParameter Parameter, string Value)> given, Random random)
    {
        var path = operation.Path;
        foreach (var (parameter, value) in given.Where(one => one.Parameter.In == "path"))
            path = path.Replace($"{{{parameter.Name}}}", AddressText.Encode(value), StringComparison.Ordinal);
        var query = string.Join(
            '&', given.Where(one => one.Parameter.In == "query").Select(one => $"{one.Parameter.Name}={AddressText.Encode(one.Value)}"));
        return new Call(operation.Method, query.Length == 0 ? path : $"{path}?{query}", credentials.For(operation))
        {
            IsVerbatim = true,
            Headers = [.. given.Where(one => one.Parameter.In == "header")
                .Select(one => (one.Parameter.Name, HeaderText.Clean(one.Value)))],
            Body = operation.BodySchema is null ? null : new BodyValues(ids, random).Valid(operation),
        };
    }
}
