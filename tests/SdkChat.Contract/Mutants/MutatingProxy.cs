using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace SdkChat.Contract.Mutants;

/// <summary>Stands before the real service and passes everything on, but for what its mutant spoils.</summary>
internal sealed class MutatingProxy : IAsyncDisposable
{
    private static readonly string[] OwnHeaders = ["Transfer-Encoding", "Connection", "Keep-Alive", "Content-Length", "Date"];

    private readonly WebApplication _app;
    private readonly Mutant _mutant;
    private readonly Uri _service;
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        // As the web server reads them.
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    });

    private MutatingProxy(Uri service, Mutant mutant)
    {
        (_service, _mutant) = (service, mutant);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    public Uri Address => new(_app.Urls.First());

    public static async Task<MutatingProxy> StartAsync(Uri service, Mutant mutant)
    {
        var proxy = new MutatingProxy(service, mutant);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = await RequestAsync(context);
        _mutant.Request?.Invoke(request);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .Where(header => !OwnHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var reply = new Reply
        {
            Method = context.Request.Method,
            Path = context.Request.Path,
            Query = context.Request.QueryString.Value ?? "",
            Status = (int)response.StatusCode,
            Headers = headers,
            Body = isStream ? "" : await response.Content.ReadAsStringAsync(context.RequestAborted),
        };
        _mutant.Reply?.Invoke(reply);
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
            context.Response.Headers[name] = value;
        if (isStream && reply.Status == 200)
            await StreamAsync(context, response);
        else if (context.Request.Method != "HEAD" && reply.Status is not (204 or 304))
            await context.Response.WriteAsync(reply.Body, context.RequestAborted);
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_service, target));
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (body.Length > 0 || context.Request.ContentType is not null)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in context.Request.Headers.Where(
            header => !OwnHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (name == "Host")
                request.Headers.Host = values;
            else if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return request;
    }

    private async Task StreamAsync(HttpContext context, HttpResponseMessage response)
    {
        using var turn = new SemaphoreSlim(1);
        try
        {
            var pumps = new List<Task> { PumpAsync(context, await response.Content.ReadAsStreamAsync(context.RequestAborted), turn) };
            if (_mutant.AlsoStreamOf is { } token)
                pumps.Add(PumpAsync(context, await OtherStreamAsync(token(), context.RequestAborted), turn));
            await Task.WhenAll(pumps);
            if (_mutant.NeverEndsStreams)
                await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
            // The reader has gone.
        }
    }

    private async Task PumpAsync(HttpContext context, Stream stream, SemaphoreSlim turn)
    {
        var (buffer, text) = (new byte[16 * 1024], new StringBuilder());
        int count;
        while ((count = await stream.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            var blocks = text.Append(Encoding.UTF8.GetString(buffer, 0, count)).ToString().Split("\n\n");
            text.Clear().Append(blocks[^1]);
            foreach (var block in blocks[..^1])
            {
                await turn.WaitAsync(context.RequestAborted);
                var spoiled = _mutant.Block is null
                    ? block + "\n\n"
                    : string.Concat(_mutant.Block(block, context).Select(one => one + "\n\n"));
                await context.Response.WriteAsync(
                    _mutant.LineEnd is null ? spoiled : spoiled.Replace("\n", _mutant.LineEnd, StringComparison.Ordinal),
                    context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                turn.Release();
            }
        }
    }

    private async Task<Stream> OtherStreamAsync(string token, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service, Paths.Stream));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }
}
