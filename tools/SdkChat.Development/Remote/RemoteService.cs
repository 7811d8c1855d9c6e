using System.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Client;

namespace SdkChat.Development.Remote;

/// <summary>The address of the service and the caller's credential: the options of every command that calls a running service.</summary>
internal sealed class RemoteService
{
    private const string UrlVariable = "SDKCHAT_URL";
    private const string TokenVariable = "SDKCHAT_TOKEN";

    private readonly Option<string?> _url = new("--url")
    {
        Description = $"Base address of the service (default: {UrlVariable}, else {ListenAddress.Default})", HelpName = "URL",
    };
    private readonly Option<string?> _token = new("--token")
    {
        Description = $"JWT of a tenant's admin, or with --all of the backoffice (default: {TokenVariable})", HelpName = "JWT",
    };
    private readonly Option<bool> _all = new("--all") { Description = "Call the backoffice's endpoints, which read all tenants" };

    /// <param name="isForBoth">Whether the backoffice has such an endpoint too.</param>
    public void AddTo(Command command, bool isForBoth = true)
    {
        command.Add(_url);
        command.Add(_token);
        if (isForBoth)
            command.Add(_all);
    }

    public bool IsBackoffice(ParseResult parsed) => parsed.GetValue(_all);

    /// <exception cref="CommandFailedException">A setting is missing, the service refused the call, or it did not respond.</exception>
    public async Task<int> CallAsync(ParseResult parsed, Func<SdkChatClient, Task<int>> call)
    {
        var url = Url(parsed);
        var token = First(parsed.GetValue(_token), TokenVariable)
            ?? throw new CommandFailedException(
                $"A token is missing: pass --token or set {TokenVariable}. For a development instance: ./sdkchat token tenant "
                + "--tenant demo");
        using var client = new SdkChatClient(new SdkChatClientOptions { BaseAddress = url, Token = _ => ValueTask.FromResult(token) });
        try
        {
            return await call(client);
        }
        catch (SdkChatException refusal)
        {
            throw new CommandFailedException(
                $"{url} refused the call: {(int)refusal.Status} {refusal.Code} {refusal.Message} (request "
                + $"{refusal.RequestId ?? "without an id"})");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new CommandFailedException($"The call of {url} failed: {exception.Message}");
        }
    }

    private Uri Url(ParseResult parsed)
    {
        var text = First(parsed.GetValue(_url), UrlVariable) ?? ListenAddress.Default;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new CommandFailedException($"'{text}' is no base address: it looks like {ListenAddress.Default}.");
    }

    private static string? First(string? option, string variable)
    {
        var text = string.IsNullOrWhiteSpace(option) ? Environment.GetEnvironmentVariable(variable) : option;
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }
}
