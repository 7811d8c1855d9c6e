using Microsoft.Extensions.Options;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting;

/// <summary>A wrong setting stops the start with its name in the sentence.</summary>
public sealed class StartTests
{
    [TestCase("Authentication:Tenant:Secrets:0", "", "Production", "Authentication:Tenant:Secrets:0 is too short")]
    [TestCase(
        "Authentication:Backoffice:Secrets:0", "thirty-one-bytes-are-not-enough", "Development",
        "Authentication:Backoffice:Secrets:0 is too short")]
    [TestCase("Authentication:Tenant:Secrets:1", "short", "Production", "Authentication:Tenant:Secrets:1 is too short")]
    [TestCase("Authentication:Tenant:JwksFile", "/nowhere/keys.json", "Production", "Authentication:Tenant:JwksFile cannot be read")]
    [TestCase("Authentication:Tenant:JwksFile", "/etc/hostname", "Production", "Authentication:Tenant:JwksFile cannot be read")]
    [TestCase(
        "Authentication:Tenant:JwksUrl", "http://issuer.example/keys", "Production", "Authentication:Tenant:JwksUrl must be an https URL")]
    [TestCase(
        "Authentication:Backoffice:Authority", "http://issuer.example", "Production",
        "Authentication:Backoffice:Authority must be an https URL")]
    [TestCase(
        "Authentication:Backoffice:Authority", "not a url", "Development", "Authentication:Backoffice:Authority must be an https URL")]
    [TestCase("Authentication:Tenant:CookieName", "", "Production", "Authentication:Tenant must have an Audience and a CookieName")]
    [TestCase("Cors:AllowedOrigins:0", "*", "Production", "Cors:AllowedOrigins")]
    [TestCase("Cors:AllowedOrigins:0", "https://a.example/", "Production", "Cors:AllowedOrigins")]
    [TestCase("Cors:AllowedOrigins:0", "https://*.aika.life", "Production", "Cors:AllowedOrigins")]
    [TestCase("Cors:SdkOrigins:0", "null", "Production", "Cors:SdkOrigins")]
    [TestCase("Proxies:Trusted:0", "my-proxy", "Production", "Proxies:Trusted")]
    [TestCase("Proxies:Trusted:0", "10.0.0.0/33", "Production", "Proxies:Trusted")]
    [TestCase("Proxies:PathBase", "chat", "Production", "Proxies:PathBase")]
    [TestCase("Proxies:PathBase", "/chat/", "Production", "Proxies:PathBase")]
    [TestCase("Proxies:PathBase", "/../chat", "Production", "Proxies:PathBase")]
    [TestCase("Proxies:PathBase", "//evil.example", "Production", "Proxies:PathBase")]
    [TestCase("Proxies:PathBase", "/v1", "Production", "Proxies:PathBase")]
    [TestCase("Proxies:PathBase", "/Console/x", "Production", "Proxies:PathBase")]
    [TestCase("Backplane", "rabbit", "Production", "Backplane is 'rabbit': it is postgres or redis")]
    [TestCase("Backplane", "redis", "Production", "ConnectionStrings:Redis is missing")]
    [TestCase("Redis:ChannelPrefix", "", "Development", "ChannelPrefix")]
    [TestCase("Redis:SilenceMilliseconds", "10", "Development", "SilenceMilliseconds")]
    [TestCase("Live:DrainSeconds", "-1", "Production", "DrainSeconds")]
    public async Task Start_WithAWrongSetting_NamesIt(string setting, string value, string environment, string sentence) =>
        (await StartAsync(environment, new() { [setting] = value })).Should().Contain(sentence);

    [Test]
    public async Task Start_WithASilenceOfTheRelayThatIsLongForTheGrace_NamesBoth() =>
        (await StartAsync("Production", new()
        {
            ["Backplane"] = "redis", ["ConnectionStrings:Redis"] = "127.0.0.1:1", ["Live:FeedGraceSeconds"] = "3",
        })).Should().Contain("Redis:SilenceMilliseconds must be at most half of Live:FeedGraceSeconds.");

    [Test]
    public async Task Start_InProductionWithoutAKey_NamesTheScheme()
    {
        var reason = await StartAsync("Production", new()
        {
            ["Authentication:Tenant:Secrets:0"] = null,
            ["Authentication:Backoffice:Secrets:0"] = null,
        });

        reason.Should().Contain("Authentication:Tenant has no key").And.Contain("Authentication:Backoffice has no key");
    }

    [Test]
    public async Task Start_WithTwoDocuments_IsRefused() =>
        (await StartAsync("Production", new()
        {
            ["Authentication:Tenant:JwksUrl"] = "https://issuer.example/keys",
            ["Authentication:Tenant:Authority"] = "https://issuer.example",
        })).Should().Contain("Authentication:Tenant takes one of Authority, JwksUrl and JwksFile");

    [Test]
    public async Task Start_WithSchemesThatShareTheirTokens_IsRefused() =>
        (await StartAsync("Production", new()
        {
            ["Authentication:Tenant:Issuer"] = "one",
            ["Authentication:Backoffice:Issuer"] = "one",
            ["Authentication:Backoffice:Audience"] = "sdkchat-tenant",
        })).Should().Contain("must differ in Issuer or Audience");

    [TestCase("Authentication:Tenant:JwksUrl", "https://issuer.invalid/keys")]
    [TestCase("Authentication:Backoffice:Authority", "http://127.0.0.1:1")]
    public async Task Start_WithKeysThatCannotBeReadYet_IsNotHeldUp(string setting, string value) =>
        (await StartAsync("Production", new() { [setting] = value })).Should().BeNull();

    [TestCase("ClientId", "", "Production", "Console:SignIn:Tenant:ClientId is missing")]
    [TestCase("Authority", "http://issuer.example", "Production", "Console:SignIn:Tenant:Authority must be an https URL")]
    [TestCase("Authority", "https://issuer.example/#here", "Development", "Console:SignIn:Tenant:Authority must be an https URL")]
    [TestCase("ClientSecret", " ", "Production", "Console:SignIn:Tenant:ClientSecret must not be empty")]
    [TestCase("Scopes:0", "email", "Production", "Console:SignIn:Tenant:Scopes must contain openid")]
    [TestCase("Scopes:0", "openid email", "Production", "Console:SignIn:Tenant:Scopes must contain openid")]
    [TestCase("Name", "A name of a provider that is longer than any button can ever be", "Production", "Name")]
    [TestCase("RenewalHours", "0", "Production", "RenewalHours")]
    [TestCase("UseIdToken", "true", "Production", "Console:SignIn:Tenant:UseIdToken needs Authentication:Tenant:Audience")]
    [TestCase("Name", "Shop Login", "Production", "Console:KeyFolder is missing")]
    [TestCase("Name", "Shop Login", "Development", null)]
    public async Task Start_WithAWrongSignIn_NamesIt(string setting, string value, string environment, string? sentence)
    {
        var reason = await StartAsync(environment, new()
        {
            ["Authentication:Tenant:Authority"] = "https://issuer.example",
            ["Console:SignIn:Tenant:ClientId"] = "console",
            [$"Console:SignIn:Tenant:{setting}"] = value,
            ["Console:SignIn:Tenant:RenewalHours"] = setting == "RenewalHours" ? value : "8",
        });

        if (sentence is null)
            reason.Should().BeNull();
        else
            reason.Should().Contain(sentence);
    }

    [TestCase("Authentication:Tenant:Authority", null, "Console:SignIn:Tenant:Authority is missing")]
    [TestCase("Console:KeyFolder", "/proc/nowhere", "Console:KeyFolder must be a folder that the service may write to")]
    public async Task Start_WithASignInThatLacksWhatItNeeds_NamesIt(string setting, string? value, string sentence) =>
        (await StartAsync("Production", new()
        {
            ["Authentication:Tenant:Authority"] = "https://issuer.example",
            ["Console:SignIn:Tenant:ClientId"] = "console",
            [setting] = value,
        })).Should().Contain(sentence);

    [Test]
    public async Task Start_WithTheExampleOfASignIn_Succeeds()
    {
        var folder = Directory.CreateTempSubdirectory("sdkchat-keys-");
        var settings = File.ReadLines(Repository.Path("docs/operations/sign-in.md"))
            .Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(pair => pair[0].Replace("__", ":", StringComparison.Ordinal), pair => (string?)pair[1].Trim('\''));
        settings.Should().ContainKey("Console:KeyFolder");
        settings["Console:KeyFolder"] = folder.FullName;

        (await StartAsync("Production", settings)).Should().BeNull();
        folder.Delete(recursive: true);
    }

    /// <returns>Why it did not start; null when it did.</returns>
    private static async Task<string?> StartAsync(string environment, Dictionary<string, string?> settings)
    {
        settings.TryAdd("Pipeline:BaseUrl", "http://127.0.0.1:1");
        await using var app = TestApi.Build(SharedApi.ConnectionString, settings, environment: environment);
        try
        {
            await app.StartAsync();
            await app.StopAsync();
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return exception.Message;
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return string.Join(' ', exception.InnerExceptions.Select(inner => inner.Message));
        }
    }
}
