using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.ConsolePages;

/// <summary>How the console's pages and assets are served.</summary>
public sealed partial class ConsoleFileTests
{
    private static readonly string[] Pages = ["/console", "/console/admin"];

    private static TestApi Api => SharedApi.Api;

    [TestCaseSource(nameof(Pages))]
    public async Task Page_Asked_IsHtmlThatMustBeAskedForAgain(string path)
    {
        using var response = await GetAsync(path);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Header("Content-Type").Should().Be("text/html; charset=utf-8");
        response.Header("Cache-Control").Should().Be("no-cache");
        (await response.Content.ReadAsStringAsync()).Should().StartWithEquivalentOf("<!doctype html>").And.NotContain("{{");
    }

    [Test]
    public async Task Root_AskedByABrowser_LeadsToTheConsole()
    {
        using var response = await GetAsync("/", ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        response.StatusCode.Should().Be(HttpStatusCode.Redirect);
        response.Header("Location").Should().Be("/console");
        response.Header("Vary").Should().Contain("Accept");
    }

    [TestCase("*/*")]
    [TestCase("application/json")]
    public async Task Root_AskedByAnyOther_IsNotFound(string accept)
    {
        using var response = await GetAsync("/", ("Accept", accept));

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Contain("NOT_FOUND");
    }

    [TestCaseSource(nameof(Pages))]
    public async Task Page_ThatTheCallerHas_IsNotSentAgain(string path)
    {
        foreach (var coding in new[] { "br", "gzip", "identity" })
        {
            using var first = await GetAsync(path, ("Accept-Encoding", coding));
            using var again = await GetAsync(path, ("Accept-Encoding", coding), ("If-None-Match", first.Header("ETag")!));
            using var other = await GetAsync(path, ("Accept-Encoding", coding), ("If-None-Match", "\"other\""));

            again.StatusCode.Should().Be(HttpStatusCode.NotModified);
            again.Header("Cache-Control").Should().Be("no-cache");
            other.StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    [Test]
    public async Task Assets_OfAPage_AreKeptForGoodUnderAnAddressOfTheirVersion()
    {
        foreach (var page in Pages)
        {
            foreach (var address in await AssetsOfAsync(page))
            {
                using var response = await GetAsync(address);

                response.StatusCode.Should().Be(HttpStatusCode.OK, address);
                response.Header("Cache-Control").Should().Be("public, max-age=31536000, immutable");
                response.Header("X-Content-Type-Options").Should().Be("nosniff");
                response.Header("Content-Type").Should().Be(TypeOf(address));
            }
        }
    }

    [TestCaseSource(nameof(Pages))]
    public async Task Manifest_OfAPage_StartsItWithAnIconThatIsThere(string path)
    {
        var address = (await AssetsOfAsync(path)).Single(asset => asset.EndsWith(".webmanifest", StringComparison.Ordinal));
        using var response = await GetAsync(address);
        using var manifest = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        var icon = new Uri(new Uri(Api.BaseAddress, address), manifest.RootElement.GetProperty("icons")[0].GetProperty("src").GetString());
        using var found = await GetAsync(icon.AbsolutePath);

        (manifest.RootElement.GetProperty("start_url").GetString(), found.StatusCode).Should().Be((path, HttpStatusCode.OK));
        response.Header("Content-Security-Policy").Should().Contain("manifest-src 'self'");
    }

    [Test]
    public async Task Asset_OfAnotherVersion_IsSentButNotKept()
    {
        var address = (await AssetsOfAsync("/console"))[0];
        using var response = await GetAsync(Version().Replace(address, "/0123456789abcdef/"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Header("Cache-Control").Should().Be("no-store");
    }

    [TestCase("br", "br")]
    [TestCase("gzip", "gzip")]
    [TestCase("gzip, deflate, br, zstd", "br")]
    [TestCase("BR;q=0.1, gzip", "br")]
    [TestCase("br;q=0, gzip", "gzip")]
    [TestCase("*", "br")]
    [TestCase("*;q=0", null)]
    [TestCase("identity", null)]
    [TestCase("deflate", null)]
    [TestCase(null, null)]
    public async Task Coding_Accepted_IsUsedAndUnpacksToTheSame(string? accept, string? coding)
    {
        foreach (var path in (string[])["/console", (await AssetsOfAsync("/console"))[0]])
        {
            using var plain = await GetAsync(path);
            using var response = accept is null ? await GetAsync(path) : await GetAsync(path, ("Accept-Encoding", accept));

            response.Header("Content-Encoding").Should().Be(coding);
            response.Header("Vary").Should().Be("Accept-Encoding");
            response.Content.Headers.ContentLength.Should().NotBeNull();
            (await UnpackAsync(response, coding)).Should().Equal(await plain.Content.ReadAsByteArrayAsync());
            if (coding is not null)
                response.Header("ETag").Should().NotBe(plain.Header("ETag"), "a tag names bytes");
        }
    }

    [TestCase("GET", "/console")]
    [TestCase("HEAD", "/console/admin")]
    [TestCase("GET", "/console/nowhere")]
    [TestCase("GET", "/console/session")]
    [TestCase("POST", "/console/session")]
    [TestCase("GET", "/console/assets/0123456789abcdef/nothing.js")]
    [TestCase("GET", "/CONSOLE/nowhere")]
    public async Task Answer_BelowConsole_TellsTheBrowserWhatThePageMayDo(string method, string path)
    {
        using var response = await Api.Client.SendAsync(Request(path, method));

        var policy = response.Header("Content-Security-Policy")!.Split("; ");
        policy.Should().Contain(
            [
                "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'",
                "frame-ancestors 'none'",
            ]);
        policy.Should().NotContainMatch("*unsafe*").And.NotContainMatch("*http*").And.Contain("require-trusted-types-for 'script'");
        response.Header("X-Content-Type-Options").Should().Be("nosniff");
        response.Header("Referrer-Policy").Should().Be("same-origin");
        response.Header("X-Frame-Options").Should().Be("DENY");
        response.Header("Cross-Origin-Opener-Policy").Should().Be("same-origin");
        response.Header("Access-Control-Allow-Origin").Should().BeNull();
        if (!response.IsSuccessStatusCode)
            response.Header("Cache-Control").Should().Be("no-store");
    }

    [Test]
    public async Task Answer_OfTheApi_IsNotPackedAndLetsNothingLoad()
    {
        using var response = await Api.Client.SendAsync(
            Request("/api/v1/sdk-chat", token: Api.TenantToken(SharedApi.Demo), headers: ("Accept-Encoding", "br, gzip")));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Header("Content-Encoding").Should().BeNull();
        response.Header("Content-Security-Policy").Should().Be("default-src 'none'; frame-ancestors 'none'");
    }

    [TestCaseSource(nameof(Pages))]
    public async Task Head_OfAPage_SaysWhatGetSays(string path)
    {
        using var get = await GetAsync(path, ("Accept-Encoding", "br"));
        using var head = await Api.Client.SendAsync(Request(path, "HEAD", headers: ("Accept-Encoding", "br")));

        head.StatusCode.Should().Be(HttpStatusCode.OK);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        foreach (var name in new[] { "Content-Length", "Content-Type", "Content-Encoding", "ETag", "Cache-Control", "Vary" })
            head.Header(name).Should().Be(get.Header(name), name);
    }

    [TestCase("/console/", "/console")]
    [TestCase("/console/admin/", "/console/admin")]
    [TestCase("/console/?chat=1", "/console?chat=1")]
    public async Task Page_WithASlashAtItsEnd_IsElsewhere(string path, string location)
    {
        using var response = await GetAsync(path);

        response.StatusCode.Should().Be(HttpStatusCode.PermanentRedirect);
        response.Header("Location").Should().Be(location);
    }

    [TestCase("admin.aika.life", "/console/admin")]
    [TestCase("ADMIN.ones1ght.com:8080", "/console/admin")]
    [TestCase("demo.aika.life", null)]
    [TestCase("administration.aika.life", null)]
    [TestCase("admin.example.com", null)]
    public async Task Console_OnTheBackofficesHost_IsTheBackoffices(string host, string? location)
    {
        using var response = await GetAsync("/console", ("Host", host));

        response.StatusCode.Should().Be(location is null ? HttpStatusCode.OK : HttpStatusCode.Redirect);
        response.Header("Location").Should().Be(location);
    }

    [TestCase("/console/nowhere")]
    [TestCase("/console/assets")]
    [TestCase("/console/assets/0123456789abcdef")]
    [TestCase("/console/assets/0123456789abcdef/")]
    [TestCase("/console/assets/0123456789abcdef/nothing.js")]
    [TestCase("/console/assets/0123456789abcdef/tenant.html")]
    [TestCase("/console/assets/0123456789abcdef/console/tenant.html")]
    [TestCase("/console/assets/0123456789abcdef/../../../appsettings.json")]
    [TestCase("/console/assets/0123456789abcdef/..%2f..%2fappsettings.json")]
    [TestCase("/console/assets/0123456789abcdef/%2e%2e/%2e%2e/appsettings.json")]
    [TestCase("/console/assets/0123456789abcdef/..%5c..%5cappsettings.json")]
    [TestCase("/console/assets/0123456789abcdef//etc/passwd")]
    [TestCase("/console/tenant.html")]
    public async Task Path_OfNothing_IsTheEnvelope(string path)
    {
        // As it is written: a client that tidies paths would hide what is tested.
        using var socket = await StreamSocket.SendAsync(
            Api.BaseAddress, $"GET {path} HTTP/1.1\r\nHost: {Api.BaseAddress.Authority}\r\nConnection: close\r\n\r\n");
        await socket.ToEndAsync();

        socket.Received.Should().StartWith("HTTP/1.1 404 ").And.Contain("\"code\":\"NOT_FOUND\"").And.NotContain("Logging");
    }

    private static Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        Api.Client.SendAsync(Request(path, headers: headers));

    private static async Task<string[]> AssetsOfAsync(string page)
    {
        using var response = await GetAsync(page);
        var addresses = Address().Matches(await response.Content.ReadAsStringAsync()).Select(match => match.Groups[1].Value).ToArray();
        addresses.Should().NotBeEmpty().And.AllSatisfy(address => address.Should().MatchRegex("^/console/assets/[0-9a-f]{16}/"));
        return addresses;
    }

    private static string TypeOf(string address) => Path.GetExtension(address) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".webmanifest" => "application/manifest+json",
        ".png" => "image/png",
        var other => $"no type for {other}",
    };

    private static async Task<byte[]> UnpackAsync(HttpResponseMessage response, string? coding)
    {
        await using var packed = await response.Content.ReadAsStreamAsync();
        await using Stream unpacked = coding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    [GeneratedRegex("(?:src|href)=\"(/console/assets/[^\"]+)\"")]
    private static partial Regex Address();

    [GeneratedRegex("/[0-9a-f]{16}/")]
    private static partial Regex Version();
}
