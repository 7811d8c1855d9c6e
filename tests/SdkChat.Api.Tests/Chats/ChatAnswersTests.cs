using System.Text;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SdkChat.Api.Chats;
using SdkChat.Api.Http.Json;
using SdkChat.Api.Tests.Mapping;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.ListAllChats;
using SdkChat.Application.Chats.ListChats;
using SdkChat.Application.Chats.Paging;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Chats;

/// <summary>What is asked for at once is asked of the application once, and by nobody for another.</summary>
public sealed class ChatAnswersTests
{
    private static readonly TenantId Demo = new(Guid.CreateVersion7());
    private static readonly TenantId Acme = new(Guid.CreateVersion7());
    private static readonly PageRequest First = new();

    private readonly List<Sent> _sent = [];
    private ServiceProvider _services = null!;
    private ChatAnswers _answers = null!;

    [SetUp]
    public void SetUp()
    {
        _sent.Clear();
        var mediator = new Mock<IMediator>();
        mediator.Setup(one => one.Send(It.IsAny<IRequest<Page<ChatListItem>>>(), It.IsAny<CancellationToken>()))
            .Returns((IRequest<Page<ChatListItem>> query, CancellationToken _) => Send(query));
        _services = new ServiceCollection().AddScoped(_ => mediator.Object).BuildServiceProvider();
        var json = new JsonOptions();
        JsonConventions.Apply(json.JsonSerializerOptions);
        _answers = new ChatAnswers(
            _services.GetRequiredService<IServiceScopeFactory>(), ServiceMaps.Create(), Options.Create(json), TimeProvider.System);
    }

    [TearDown]
    public async Task TearDown() => await _services.DisposeAsync();

    [Test]
    public async Task Send_WhatIsBeingRead_IsReadOnceForAllWhoCome()
    {
        var first = _answers.SendAsync(new ListChatsQuery(Demo, null, First), default);
        var others = Enumerable.Range(0, 20).Select(_ => _answers.SendAsync(new ListChatsQuery(Demo, null, new PageRequest()), default)).ToArray();
        Sends.Should().Be(1);
        _sent[0].Answer.SetResult(PageOf(Demo));
        await first;

        await Eventually.TrueAsync(() => Task.FromResult(Sends == 2));
        _sent[1].Answer.SetResult(PageOf(Demo));
        (await Task.WhenAll(others)).Distinct().Should().ContainSingle("it was rendered once").Which.Should().NotBeSameAs(await first);
        Sends.Should().Be(2);
    }

    [Test]
    public async Task Send_WhatDiffersInAnything_IsSharedWithNobody()
    {
        var profile = new ProfileId(Guid.CreateVersion7());
        Task<PageAnswer>[] answers =
        [
            _answers.SendAsync(new ListChatsQuery(Demo, null, First), default),
            _answers.SendAsync(new ListChatsQuery(Acme, null, First), default),
            _answers.SendAsync(new ListChatsQuery(Demo, profile, First), default),
            _answers.SendAsync(new ListChatsQuery(Demo, null, First with { Page = 1 }), default),
            _answers.SendAsync(new ListChatsQuery(Demo, null, First with { Size = 21 }), default),
            _answers.SendAsync(new ListChatsQuery(Demo, null, First with { Cursor = PageCursor.Last }), default),
            _answers.SendAsync(new ListAllChatsQuery(Demo, null, First), default),
            _answers.SendAsync(new ListAllChatsQuery(null, null, First), default),
        ];

        Sends.Should().Be(answers.Length);
        _sent.ForEach(sent => sent.Answer.SetResult(PageOf(Demo)));
        (await Task.WhenAll(answers)).Distinct().Should().HaveCount(answers.Length);
    }

    [Test]
    public async Task Answer_SentToTwo_KeepsWhatEachAskedWithInItsLinks()
    {
        _ = _answers.SendAsync(new ListChatsQuery(Demo, null, First), default);
        var answer = _answers.SendAsync(new ListChatsQuery(Demo, null, First), default);
        _sent[0].Answer.SetResult(PageOf(Demo));
        await Eventually.TrueAsync(() => Task.FromResult(Sends == 2));
        _sent[1].Answer.SetResult(PageOf(Demo));

        var (plain, plainBody) = await ShowAsync(await answer, "");
        var (sized, sizedBody) = await ShowAsync(await answer, "?size=20");

        plain.Should().StartWith("</api/v1/sdk-chat?cursor=");
        sized.Should().StartWith("</api/v1/sdk-chat?size=20&cursor=");
        plainBody.Should().StartWith("{\"success\":true,\"data\":{\"items\":[{\"chat_id\":").And.Be(sizedBody);
    }

    [Test]
    public async Task Answer_ForTheBackoffice_SaysWhoseEachChatIs()
    {
        var answer = _answers.SendAsync(new ListAllChatsQuery(null, null, First), default);
        _sent[0].Answer.SetResult(PageOf(Acme));

        (await ShowAsync(await answer, "")).Body.Should().Contain($"{{\"tenant_id\":\"{Acme.Value}\",\"chat_id\":");
    }

    private int Sends
    {
        get
        {
            lock (_sent)
                return _sent.Count;
        }
    }

    private Task<Page<ChatListItem>> Send(object query)
    {
        var sent = new Sent(query);
        lock (_sent)
            _sent.Add(sent);
        return sent.Answer.Task;
    }

    private static Page<ChatListItem> PageOf(TenantId tenant) => new(
        [
            new ChatListItem
            {
                Tenant = tenant,
                Chat = new ChatId(Guid.CreateVersion7()),
                Profile = new ProfileId(Guid.CreateVersion7()),
                ProfileSummary = new ProfileSummary(null, null, null, null),
                Prompt = "Dinner ideas?",
                Status = ChatStatus.InProgress,
                CreatedAt = DateTimeOffset.UnixEpoch,
                UpdatedAt = DateTimeOffset.UnixEpoch,
            },
        ],
        1, 0, 20, new PageLinks(PageCursor.First, null, null, PageCursor.Last));

    /// <summary>An action that reads <c>size</c> from the query.</summary>
    private static ActionDescriptor Sized => new()
    {
        Parameters = [new ParameterDescriptor { Name = "size", ParameterType = typeof(int), BindingInfo = new BindingInfo { BindingSource = BindingSource.Query } }],
    };

    private static async Task<(string Link, string Body)> ShowAsync(PageAnswer answer, string query)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Request = { Path = "/api/v1/sdk-chat", QueryString = new QueryString(query) }, Response = { Body = body } };
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(Sized), null));
        await answer.ExecuteResultAsync(new ActionContext(http, new RouteData(), new ActionDescriptor()));
        return (http.Response.Headers.Link.ToString(), Encoding.UTF8.GetString(body.ToArray()));
    }

    private sealed record Sent(object Query)
    {
        public TaskCompletionSource<Page<ChatListItem>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
