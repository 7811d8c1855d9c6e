using System.Text;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using SdkChat.Api.Chats;
using SdkChat.Api.Http.Coalescing;
using SdkChat.Api.Http.Json;
using SdkChat.Api.Tests.Mapping;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Chats;

/// <summary>Equal queries at the same time are executed and rendered once; different ones are not shared.</summary>
public sealed class RenderChatsTests
{
    private static readonly TenantId Demo = new(Guid.CreateVersion7());
    private static readonly TenantId Acme = new(Guid.CreateVersion7());
    private static readonly PageRequest First = new();

    private readonly List<Sent> _sent = [];
    private RecentDetails _recent = null!;
    private RenderChatPageHandler _handler = null!;

    [SetUp]
    public void SetUp()
    {
        _sent.Clear();
        var mediator = new Mock<IMediator>();
        mediator.Setup(one => one.Send(It.IsAny<IRequest<Page<ChatListItem>>>(), It.IsAny<CancellationToken>()))
            .Returns((IRequest<Page<ChatListItem>> query, CancellationToken _) => Send(query));
        var json = new JsonOptions();
        JsonConventions.Apply(json.JsonSerializerOptions);
        _recent = new RecentDetails();
        var renderer = new ChatRenderer(mediator.Object, ServiceMaps.Create(), _recent, Options.Create(json));
        _handler = new RenderChatPageHandler(new RequestCoalescer<ListChatsQuery, ChatPageResult>(
            renderer.RenderAsync, TimeProvider.System));
    }

    [TearDown]
    public void TearDown() => _recent.Dispose();

    [Test]
    public async Task Render_QueryInExecution_IsExecutedOnceForAllThatCome()
    {
        var first = RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, First);
        var others = Enumerable.Range(0, 20).Select(_ => RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, new PageRequest()))
            .ToArray();
        Sends.Should().Be(1);
        _sent[0].Answer.SetResult(PageOf(Demo));
        await first;

        await Eventually.TrueAsync(() => Task.FromResult(Sends == 2));
        _sent[1].Answer.SetResult(PageOf(Demo));
        (await Task.WhenAll(others)).Distinct().Should().ContainSingle("it was rendered once").Which.Should().NotBeSameAs(await first);
        Sends.Should().Be(2);
    }

    [Test]
    public async Task Render_QueriesThatDiffer_AreNotShared()
    {
        var profile = new ProfileId(Guid.CreateVersion7());
        Task<ChatPageResult>[] answers =
        [
            RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, First),
            RenderAsync(new ChatScope.OfTenant(Acme), ChatFilter.None, First),
            RenderAsync(new ChatScope.OfTenant(Demo), new ChatFilter { Profile = profile }, First),
            RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, First with { Page = 1 }),
            RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, First with { Size = 21 }),
            RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, First with { Cursor = PageCursor.Last }),
            RenderAsync(new ChatScope.OfProfile(Demo, profile), ChatFilter.None, First),
            RenderAsync(new ChatScope.Backoffice(Demo), ChatFilter.None, First),
            RenderAsync(new ChatScope.Backoffice(), ChatFilter.None, First),
        ];

        Sends.Should().Be(answers.Length);
        _sent.ForEach(sent => sent.Answer.SetResult(PageOf(Demo)));
        (await Task.WhenAll(answers)).Distinct().Should().HaveCount(answers.Length);
    }

    [Test]
    public async Task Page_SentToTwoCallers_LinksWithTheParametersOfEach()
    {
        _ = RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, First);
        var answer = RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, First);
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
    public async Task Page_ForTheBackoffice_NamesTheTenantOfEachChat()
    {
        var answer = RenderAsync(new ChatScope.Backoffice(), ChatFilter.None, First);
        _sent[0].Answer.SetResult(PageOf(Acme));

        (await ShowAsync(await answer, "")).Body.Should().Contain($"{{\"tenant_id\":\"{Acme.Value}\",\"chat_id\":");
    }

    [Test]
    public async Task Page_ForAShopper_HasNoETag()
    {
        var profile = new ProfileId(Guid.CreateVersion7());
        Task<ChatPageResult>[] answers =
        [
            RenderAsync(new ChatScope.OfProfile(Demo, profile), ChatFilter.None, First),
            RenderAsync(new ChatScope.OfTenant(Demo), ChatFilter.None, First),
        ];
        _sent.ForEach(sent => sent.Answer.SetResult(PageOf(Demo)));

        (await HeadersAsync(await answers[0])).ETag.Should().BeEmpty("section 5 is frozen");
        (await HeadersAsync(await answers[1])).ETag.ToString().Should().StartWith("W/\"");
    }

    private int Sends
    {
        get
        {
            lock (_sent)
                return _sent.Count;
        }
    }

    private Task<ChatPageResult> RenderAsync(ChatScope scope, ChatFilter filter, PageRequest page) =>
        _handler.Handle(new RenderChatPage(new ListChatsQuery(scope, filter, page)), default);

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
        Parameters = [new ParameterDescriptor
        {
            Name = "size", ParameterType = typeof(int), BindingInfo = new BindingInfo { BindingSource = BindingSource.Query },
        }],
    };

    private static async Task<(string Link, string Body)> ShowAsync(ChatPageResult answer, string query)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext
        {
            Request = { Path = "/api/v1/sdk-chat", QueryString = new QueryString(query) }, Response = { Body = body },
        };
        http.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(Sized), null));
        await answer.ExecuteResultAsync(new ActionContext(http, new RouteData(), new ActionDescriptor()));
        return (http.Response.Headers.Link.ToString(), Encoding.UTF8.GetString(body.ToArray()));
    }

    private static async Task<IHeaderDictionary> HeadersAsync(ChatPageResult answer)
    {
        var http = new DefaultHttpContext();
        await answer.ExecuteResultAsync(new ActionContext(http, new RouteData(), new ActionDescriptor()));
        return http.Response.Headers;
    }

    private sealed record Sent(object Query)
    {
        public TaskCompletionSource<Page<ChatListItem>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
