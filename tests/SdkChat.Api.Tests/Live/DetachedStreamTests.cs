using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Api.Live;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Live;

/// <summary>A stream outlives its request where it may, and a client cannot tell but by a header.</summary>
public sealed class DetachedStreamTests
{
    private readonly Rows _rows = new(SharedApi.ConnectionString);

    private Guid _tenant;

    [SetUp]
    public async Task AddTenantAsync() => _tenant = await _rows.TenantAsync($"t-{Guid.NewGuid():n}");

    [Test]
    public async Task HandedOver_NothingOfTheRequest_IsKept()
    {
        var kept = new ConcurrentBag<WeakReference>();
        await using var api = await TestApi.StartAsync(
            SharedApi.ConnectionString, services: services => services.AddSingleton<IStartupFilter>(new Witness(kept)));
        using var stream = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(_tenant));

        kept.Should().HaveCount(2);
        await Eventually.TrueAsync(() =>
        {
            GC.Collect();
            return Task.FromResult(kept.All(reference => !reference.IsAlive));
        });

        await StillReadsAsync(stream, "1");
        api.Services.GetRequiredService<DetachedStreams>().Open.Should().Be(1);
    }

    [Test]
    public async Task HandedOver_Client_IsToldThatNothingFollows()
    {
        using var stream = await StreamSocket.ReadyAsync(SharedApi.Api.BaseAddress, SharedApi.Api.TenantToken(_tenant));

        stream.Received.Should().Contain("\r\nConnection: close\r\n").And.Contain("\r\nTransfer-Encoding: chunked\r\n");
    }

    [Test]
    public async Task HandedOver_WhatTheClientStillSends_IsThrownAway()
    {
        var request = Request();
        // The second is on its way before anybody could have said that there is no use in it.
        using var stream = await StreamSocket.SendAsync(SharedApi.Api.BaseAddress, request + request);
        await stream.UntilAsync("event: ready\ndata: {}\n\n");
        await stream.SendMoreAsync(request);

        await StillReadsAsync(stream, "1");

        stream.Received.Split("HTTP/1.1 200 OK").Should().HaveCount(2);
    }

    [Test]
    public async Task HandedOver_ClientThatGoesOnTalking_IsCutOff()
    {
        using var stream = await StreamSocket.ReadyAsync(SharedApi.Api.BaseAddress, SharedApi.Api.TenantToken(_tenant));

        // More than the web server takes before it has handed the connection over.
        await stream.SendMoreAsync(new string('x', 2_000_000));

        await SharedApi.Api.UntilEndedAsync(_tenant, "client_gone");
        (await stream.ToEndAsync()).Should().BeFalse();
    }

    [Test]
    public async Task HandedOver_ClientThatSendsNoMore_IsGone()
    {
        using var stream = await StreamSocket.ReadyAsync(SharedApi.Api.BaseAddress, SharedApi.Api.TenantToken(_tenant));

        stream.SendNoMore();

        await SharedApi.Api.UntilEndedAsync(_tenant, "client_gone");
    }

    [TestCase("Content-Length: 5\r\n\r\nhello")]
    [TestCase("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    public async Task Request_WithABody_IsServedTheOrdinaryWay(string body)
    {
        using var stream = await StreamSocket.SendAsync(SharedApi.Api.BaseAddress, Request()[..^2] + body);
        await stream.UntilAsync("event: ready\ndata: {}\n\n");

        await StillReadsAsync(stream, "1");

        stream.Received.Should().NotContain("Connection: close");
    }

    [Test]
    public async Task Connection_OfOtherRequests_ServesManyAndLargeOnes()
    {
        var chat = await _rows.ChatAsync(_tenant, await _rows.ProfileAsync(_tenant), status: "completed");
        var items = $"[\"{new string('x', 3_000_000)}\"]";
        await _rows.ExecuteAsync(
            "update sdk_chat set pipeline_todos = convert_to(@items, 'UTF8') where chat_id = @chat", new { items, chat });

        for (var i = 0; i < 5; i++)
        {
            using var request = Support.ApiCalls.Request($"/api/v1/sdk-chat/{chat}", token: SharedApi.Api.TenantToken(_tenant));
            using var response = await SharedApi.Api.Client.SendAsync(request);
            (await response.Content.ReadAsStringAsync()).Should().Contain(items);
            response.Headers.ConnectionClose.Should().NotBe(true);
        }
    }

    private string Request() =>
        $"GET {StreamSocket.Path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {SharedApi.Api.TenantToken(_tenant)}\r\n\r\n";

    private async Task StillReadsAsync(StreamSocket stream, string item)
    {
        await _rows.EventAsync(_tenant, _tenant, _tenant, "backlist_triggered", $"[{item}]");
        await stream.UntilAsync($"[{item}]");
    }

    /// <summary>Sees what a request is made of, and keeps none of it.</summary>
    private sealed class Witness(ConcurrentBag<WeakReference> seen) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, proceed) =>
            {
                seen.Add(new WeakReference(http));
                seen.Add(new WeakReference(http.Features.Get<IConnectionDetachFeature>()));
                return proceed(http);
            });
            next(app);
        };
    }
}
