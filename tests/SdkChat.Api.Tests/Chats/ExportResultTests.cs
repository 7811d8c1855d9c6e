using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Api.Chats.Export;
using SdkChat.Api.Tests.Support;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Common.Time;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Chats;

public sealed class ExportResultTests : HistoryFixture
{
    private FakeTimeProvider _clock = null!;
    private Lifetime _lifetime = null!;
    private MemoryStream _body = null!;
    private SigningKeys _keys = null!;
    private string _keyFile = null!;
    private IReadOnlyList<ChatListItem> _page = null!;

    [OneTimeSetUp]
    public async Task Seed()
    {
        await Rows.ChatAsync(Tenant, Profile);
        using var scope = Api.Services.CreateScope();
        var history = scope.ServiceProvider.GetRequiredService<IChatHistory>();
        _page = (await history.ListAsync(new TenantId(Tenant), ChatFilter.None, new PagePosition.Offset(0), 1, default)).Items;
    }

    [SetUp]
    public async Task Prepare()
    {
        (_clock, _lifetime, _body) = (new FakeTimeProvider(DateTimeOffset.UtcNow), new Lifetime(), new MemoryStream());
        await File.WriteAllTextAsync(_keyFile = Path.GetTempFileName(), PublishedKey.Document(PublishedKey.Ec("signer")));
        _keys = ActivatorUtilities.CreateInstance<SigningKeys>(Api.Services, new JwtSchemeOptions { JwksFile = _keyFile }, _clock);
        await _keys.RefreshAsync();
        await Rows.ExecuteAsync("update tenant set enabled = true where tenant_id = @tenant", new { tenant = Tenant });
        var tenants = Api.Services.GetRequiredService<ITenantCache>();
        await Eventually.TrueAsync(async () => await tenants.FindAsync(new TenantId(Tenant), default) is { Enabled: true });
    }

    [TearDown]
    public void Close()
    {
        _body.Dispose();
        File.Delete(_keyFile);
    }

    [TestCase("failure")]
    [TestCase("expiry")]
    [TestCase("withdrawal")]
    [TestCase("block")]
    [TestCase("disabling")]
    public async Task Execute_CallerOrPagesGoneAfterTheFirstPage_AbortsTheConnectionAndEndsTheLease(string what)
    {
        var leases = new ExportLeases();
        var subject = $"hanako-{what}";

        await ExecuteAsync(leases, subject, Meanwhile(what, subject));

        _lifetime.IsAborted.Should().BeTrue();
        Written().Should().HaveCount(1 + 1, "the heading and the first page were sent, and no other");
        leases.Acquire(new TenantId(Tenant), subject).Dispose();
    }

    [Test]
    public async Task Execute_CallerIsStillLetIn_SendsEveryPage()
    {
        await ExecuteAsync(new ExportLeases(), "hanako", () => Task.CompletedTask);

        _lifetime.IsAborted.Should().BeFalse();
        Written().Should().HaveCount(1 + 2);
    }

    private async Task ExecuteAsync(ExportLeases leases, string subject, Func<Task> meanwhile)
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        http.Features.Set<IHttpResponseFeature>(new Started());
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_body));
        http.Features.Set(new Credential(
            "Tenant", new TenantId(Tenant), subject, TenantCode: null, HasRole: true, _clock.GetUtcNow().AddMinutes(1),
            PublishedKeys.NameOf(_keys.Candidates("signer").First())));
        var output = new MemoryStream();
        await using var services = new ServiceCollection().AddKeyedSingleton(Schemes.Tenant, _keys).BuildServiceProvider();
        var access = new ExportAccess(Api.Services.GetRequiredService<TenantAccess>(), services, _clock);
        var result = new ChatExportResult(
            PagesAsync(meanwhile), new CsvExportWriter(output, TimeZoneName.Utc, hasTenants: false, hasBom: false), output,
            leases.Acquire(new TenantId(Tenant), subject), access, default, NullLogger<ChatExportResult>.Instance);

        await result.ExecuteResultAsync(new ActionContext(http, new RouteData(), new ActionDescriptor()));
    }

    private string[] Written() => System.Text.Encoding.UTF8.GetString(_body.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private async IAsyncEnumerable<IReadOnlyList<ChatListItem>> PagesAsync(Func<Task> meanwhile)
    {
        yield return _page;
        await meanwhile();
        yield return _page;
    }

    private Func<Task> Meanwhile(string what, string subject) => what switch
    {
        "failure" => () => Task.FromException(new UnavailableException(new IOException("gone"))),
        "expiry" => () =>
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            return Task.CompletedTask;
        },
        "withdrawal" => async () =>
        {
            await File.WriteAllTextAsync(_keyFile, PublishedKey.Document(PublishedKey.Ec("successor")));
            // Keys are read again no sooner than a second after the last time.
            _clock.Advance(TimeSpan.FromSeconds(2));
            await _keys.RefreshAsync();
        },
        "block" => async () =>
        {
            await Rows.ExecuteAsync(
                """
                insert into subject_block (block_id, tenant_id, subject, until, reason, created_at, created_by)
                values (gen_random_uuid(), @tenant, @subject, now() + interval '1 hour', 'test', now(), 'test')
                """,
                new { tenant = Tenant, subject });
            var blocks = Api.Services.GetRequiredService<IBlockCache>();
            await Eventually.TrueAsync(async () => await blocks.IsBlockedAsync(new TenantId(Tenant), subject, default));
        },
        _ => async () =>
        {
            await Rows.ExecuteAsync("update tenant set enabled = false where tenant_id = @tenant", new { tenant = Tenant });
            var tenants = Api.Services.GetRequiredService<ITenantCache>();
            await Eventually.TrueAsync(async () => await tenants.FindAsync(new TenantId(Tenant), default) is { Enabled: false });
        },
    };

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
