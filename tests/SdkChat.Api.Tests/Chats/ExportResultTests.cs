using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using SdkChat.Api.Chats.Export;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Time;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tests.Chats;

public sealed class ExportResultTests
{
    [Test]
    public async Task Execute_FailureAfterTheFirstBytes_AbortsTheConnectionAndEndsTheLease()
    {
        var lifetime = new Lifetime();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestLifetimeFeature>(lifetime);
        http.Features.Set<IHttpResponseFeature>(new Started());
        var leases = new ExportLeases();
        var output = new MemoryStream();
        var result = new ChatExportResult(
            FailingAsync(), new CsvExportWriter(output, TimeZoneName.Utc, hasTenants: false, hasBom: false), output,
            leases.Acquire(default(TenantId), "hanako"), default, NullLogger<ChatExportResult>.Instance);

        await result.ExecuteResultAsync(new ActionContext(http, new RouteData(), new ActionDescriptor()));

        lifetime.IsAborted.Should().BeTrue();
        leases.Acquire(default(TenantId), "hanako").Dispose();
    }

    private static async IAsyncEnumerable<IReadOnlyList<ChatListItem>> FailingAsync()
    {
        yield return [];
        await Task.Yield();
        throw new UnavailableException(new IOException("gone"));
    }

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
