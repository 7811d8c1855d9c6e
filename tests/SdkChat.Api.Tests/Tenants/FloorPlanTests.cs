using System.Net;
using System.Text;
using System.Text.Json;
using SdkChat.Api.Tests.Support;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Tenants;

/// <summary>A tenant's floor plan: its own, a raster image, within limits.</summary>
public sealed class FloorPlanTests
{
    private const string Plan = "/api/v1/floor-plan";
    private const string Image = "/api/v1/floor-plan/image";

    private static readonly byte[] Small = Pictures.Png(100, 120);

    private TestDatabase _database = null!;
    private Rows _rows = null!;
    private TestApi _api = null!;
    private Guid _demo;
    private Guid _acme;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _rows = new Rows(_database.ConnectionString);
        (_demo, _acme) = (await _rows.TenantAsync("demo"), await _rows.TenantAsync("acme"));
        _api = await TestApi.StartAsync(_database.ConnectionString);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _api.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Plan_Stored_IsTheTenantsAloneUntilItIsReplacedOrRemoved()
    {
        var own = await _rows.TenantAsync("shop");
        (await StateAsync(own)).ValueKind.Should().Be(JsonValueKind.Null);
        using var stored = await PutAsync(Small, tenant: own);
        stored.StatusCode.Should().Be(HttpStatusCode.OK);
        (await StateAsync(_acme)).ValueKind.Should().Be(JsonValueKind.Null);
        using var theirs = await SendAsync("GET", Image, _acme);
        (await theirs.FailureCodeAsync()).Should().Be("FLOOR_PLAN_NOT_FOUND");

        var larger = Pictures.Png(400, 100);
        using var replaced = await PutAsync(larger, tenant: own);
        var state = await StateAsync(own);
        (
            state.GetProperty("content_type").GetString(), state.GetProperty("width").GetInt32(), state.GetProperty("height").GetInt32(),
            state.GetProperty("bytes").GetInt32())
            .Should().Be(("image/png", 400, 100, larger.Length));
        using var image = await SendAsync("GET", Image, own);
        (await image.Content.ReadAsByteArrayAsync()).Should().Equal(larger);

        using var removed = await SendAsync("DELETE", Image, own);
        using var again = await SendAsync("DELETE", Image, own);
        (removed.StatusCode, await again.FailureCodeAsync()).Should().Be((HttpStatusCode.NoContent, "FLOOR_PLAN_NOT_FOUND"));
        await Eventually.TrueAsync(() => _rows.ScalarAsync<bool>(
            """
            select array_agg(action || ' ' || status order by action, status) = array['remove_floor_plan 204', 'remove_floor_plan 404', 'set_floor_plan 200', 'set_floor_plan 200']
            from audit_entry where tenant_id = @own
            """,
            new { own }));
    }

    [Test]
    public async Task Image_Sent_CannotRunAsADocument_AndIsNotSentAgain()
    {
        using var stored = await PutAsync(Small, "image/jpeg");
        using var first = await SendAsync("GET", Image, _demo);
        first.Content.Headers.ContentType!.ToString().Should().Be("image/png", "the content decides");
        (
            first.Header("X-Content-Type-Options"), first.Header("Content-Disposition"), first.Header("Cross-Origin-Resource-Policy"),
            first.Header("Cache-Control"))
            .Should().Be(("nosniff", "attachment; filename=\"floor-plan.png\"", "same-origin", "no-cache, private"));
        first.Header("Content-Security-Policy").Should().StartWith("default-src 'none'").And.Contain("sandbox");

        using var again = await SendAsync("GET", Image, _demo, ("If-None-Match", first.Header("ETag")!));
        (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length).Should().Be((HttpStatusCode.NotModified, 0));
        foreach (var other in new[]
        {
            "W/\"x\"", "\"01990000-0000-7000-8000-000000000001\"", "nonsense",
            "W/\"01990000-0000-7000-8000-000000000001\", " + first.Header("ETag"),
        })
        {
            using var changed = await SendAsync("GET", Image, _demo, ("If-None-Match", other));
            ((int)changed.StatusCode).Should().Be(other.Contains(',', StringComparison.Ordinal) ? 304 : 200, other);
        }
    }

    [Test]
    public async Task Body_ThatIsNoPlan_IsRefusedAndStoresNothing()
    {
        using var before = await PutAsync(Small);
        var state = await StateAsync(_demo);
        foreach (var (name, body) in new (string, byte[])[]
        {
            ("empty", []), ("svg", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")),
            ("html", "<html><script>alert(1)</script>"u8.ToArray()), ("cut short", Small[..^5]), ("narrow", Pictures.Png(99, 100)),
            ("wide", Pictures.Png(4097, 100)),
        })
        {
            using var response = await PutAsync(body);
            var failure = await response.FailureAsync();
            failure.GetProperty("code").GetString().Should().Be("VALIDATION_FAILED", name);
            failure.GetProperty("errors").GetProperty("body").GetArrayLength().Should().Be(1, name);
        }

        (await StateAsync(_demo)).GetRawText().Should().Be(state.GetRawText());
    }

    [TestCase("image/svg+xml")]
    [TestCase("application/json")]
    [TestCase("text/html; image/png")]
    [TestCase(null)]
    public async Task Body_OfAnotherMediaType_Is415(string? type)
    {
        using var response = await PutAsync(Small, type);
        (await response.FailureCodeAsync()).Should().Be("UNSUPPORTED_MEDIA_TYPE");
    }

    /// <summary>Exactly at the limit, with and without a length; other calls keep theirs.</summary>
    [Test]
    public async Task Body_UpToOneMebibyte_IsStored([Values] bool isChunked)
    {
        var room = (1024 * 1024) - Pictures.Png(4096, 200, padding: 1).Length + 1;
        var most = Pictures.Png(4096, 200, padding: room);
        most.Should().HaveCount(1024 * 1024);
        using var stored = await PutAsync(most, isChunked: isChunked);
        stored.StatusCode.Should().Be(HttpStatusCode.OK);

        using var refused = await PutAsync([.. most, 0], isChunked: isChunked);
        var failure = await refused.FailureAsync();
        (refused.StatusCode, failure.GetProperty("code").GetString())
            .Should().Be((HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE"));
        failure.GetProperty("message").GetString().Should().Be("The body is larger than 1024 KiB.");
        using var elsewhere = await SendAsync("POST", "/api/v1/screens", _demo, content: new ByteArrayContent(most));
        (await elsewhere.FailureAsync()).GetProperty("message").GetString().Should().Be("The body is larger than 64 KiB.");
    }

    [Test]
    public async Task Plan_OfManyUploadsAtOnce_IsOneOfThem()
    {
        var own = await _rows.TenantAsync("race");
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => PutAsync(Pictures.Png(100 + number, 100), tenant: own)));
        responses.Should()
            .OnlyContain(response => response.StatusCode == HttpStatusCode.OK || response.StatusCode == HttpStatusCode.TooManyRequests)
            .And.Contain(response => response.StatusCode == HttpStatusCode.OK);
        using var image = await SendAsync("GET", Image, own);
        (await image.Content.ReadAsByteArrayAsync()).Should().HaveCount((await StateAsync(own)).GetProperty("bytes").GetInt32());
        Array.ForEach(responses, response => response.Dispose());
    }

    /// <summary>A body that does not arrive holds memory: a tenant has one, and the others are not affected.</summary>
    [Test]
    public async Task Upload_BesideTheTenantsOther_IsRefusedUntilThatEnds()
    {
        var (own, end) = (await _rows.TenantAsync("slow"), new TaskCompletionSource());
        using var slow = new HeldContent(Small, end.Task);
        var first = SendAsync("PUT", Image, own, content: slow, isChunked: true);
        await Eventually.TrueAsync(async () =>
        {
            using var second = await PutAsync(Small, tenant: own);
            return second.StatusCode == HttpStatusCode.TooManyRequests;
        });
        using var theirs = await PutAsync(Small, tenant: _acme);
        theirs.StatusCode.Should().Be(HttpStatusCode.OK);

        end.SetResult();
        using var stored = await first;
        using var third = await PutAsync(Small, tenant: own);
        (stored.StatusCode, third.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.OK));
    }

    [Test]
    public async Task Tenant_Deleted_LeavesNoPlan()
    {
        var own = await _rows.TenantAsync("leaving");
        using var stored = await PutAsync(Small, tenant: own);
        await _rows.ExecuteAsync("delete from tenant where tenant_id = @own", new { own });
        (await _rows.ScalarAsync<long>("select count(*) from floor_plan where tenant_id = @own", new { own })).Should().Be(0);
    }

    /// <summary>Sends half of a picture, and the rest at the end.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly byte[] _picture;
        private readonly Task _end;

        public HeldContent(byte[] picture, Task end)
        {
            (_picture, _end) = (picture, end);
            Headers.TryAddWithoutValidation("Content-Type", "image/png");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_picture.AsMemory(0, _picture.Length / 2));
            await stream.FlushAsync();
            await _end;
            await stream.WriteAsync(_picture.AsMemory(_picture.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private async Task<JsonElement> StateAsync(Guid tenant)
    {
        using var response = await SendAsync("GET", Plan, tenant);
        return (await response.DataAsync()).GetProperty("floor_plan");
    }

    private Task<HttpResponseMessage> PutAsync(byte[] body, string? type = "image/png", Guid? tenant = null, bool isChunked = false)
    {
        var content = new ByteArrayContent(body);
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        return SendAsync("PUT", Image, tenant ?? _demo, content: content, isChunked: isChunked);
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method, string path, Guid tenant, (string Name, string Value)? header = null, HttpContent? content = null,
        bool isChunked = false)
    {
        using var request = ApiCalls.Request(path, method, _api.TenantToken(tenant), header is { } one ? [one] : []);
        request.Content = content;
        request.Headers.TransferEncodingChunked = isChunked;
        return await _api.Client.SendAsync(request);
    }
}
