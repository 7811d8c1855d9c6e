using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SdkChat.Api.Chats;
using SdkChat.Api.Http.Json;
using SdkChat.Api.Tests.Mapping;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tests.Chats;

/// <summary>A shared response to a detail is used again while it shows the chat as it is stored; the result is then not read.</summary>
public sealed class RenderChatDetailTests
{
    private static readonly DateTimeOffset Noon = new(2026, 4, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly List<ChatVersion?> _known = [];
    private ChatState _stored = null!;
    private ProfileSummary _summary = null!;
    private RecentDetails _recent = null!;
    private bool _isErased;
    private ChatRenderer _renderer = null!;

    private GetChatDetailQuery Query => new(new ChatScope.OfTenant(_stored.Tenant), _stored.Id);

    [SetUp]
    public void SetUp()
    {
        _known.Clear();
        _isErased = false;
        _summary = new ProfileSummary("Sato", "F", 32, "ja");
        _stored = new ChatState
        {
            Id = new ChatId(Guid.CreateVersion7()), Tenant = new TenantId(Guid.CreateVersion7()),
            Profile = new ProfileId(Guid.CreateVersion7()), Prompt = "Dinner?", Status = ChatStatus.Completed, BackListStatus = "completed",
            CreatedAt = Noon, UpdatedAt = Noon, Revision = 1,
            Result = new PipelineResult(RawJson.FromText("[1.0E2]"), RawJson.EmptyArray, RawJson.EmptyArray),
        };
        var mediator = new Mock<IMediator>();
        mediator.Setup(one => one.Send(It.IsAny<IRequest<ChatDetail>>(), It.IsAny<CancellationToken>()))
            .Returns((IRequest<ChatDetail> query, CancellationToken _) => Task.FromResult(Find((GetChatDetailQuery)query)));
        var json = new JsonOptions();
        JsonConventions.Apply(json.JsonSerializerOptions);
        _recent = new RecentDetails();
        _renderer = new ChatRenderer(mediator.Object, ServiceMaps.Create(), _recent, Options.Create(json));
    }

    [TearDown]
    public void TearDown() => _recent.Dispose();

    [Test]
    public async Task Render_UnchangedChat_IsThePreviousResponse()
    {
        var previous = await RenderAsync();

        (await RenderAsync()).Should().BeSameAs(previous);
        (await RenderAsync(isShared: false)).Should().BeSameAs(previous);
        _known.Should().Equal(null, _stored.Version, _stored.Version);
    }

    /// <summary>A response to one caller is in rented memory, which is reused.</summary>
    [Test]
    public async Task Render_ResponseToOneCaller_IsNotKept()
    {
        var previous = await RenderAsync(isShared: false);

        (await RenderAsync()).Should().NotBeSameAs(previous);
        _known.Should().HaveCount(2).And.OnlyContain(known => known == null);
    }

    [Test]
    public async Task Render_SameChatForAnotherScope_IsAnotherResponse()
    {
        var previous = await RenderAsync();

        (await _renderer.RenderAsync(Query with { Scope = new ChatScope.Backoffice(null) }, isShared: true, default))
            .Should().NotBeSameAs(previous);
        _known.Should().HaveCount(2).And.OnlyContain(known => known == null);
    }

    [Test]
    public async Task Render_ErasedChat_IsNotFound()
    {
        await RenderAsync();
        _isErased = true;

        await FluentActions.Awaiting(() => RenderAsync()).Should().ThrowAsync<NotFoundException>();
    }

    [Test]
    public async Task Render_ChangedChat_IsAnotherResponse()
    {
        var previous = await RenderAsync();
        _stored = _stored with { Revision = 2, EndedAt = Noon };

        (await RenderAsync()).Tag.Should().NotBe(previous.Tag);
        _known.Should().HaveCount(2);
    }

    /// <summary>The version of a chat does not change with its shopper's profile.</summary>
    [Test]
    public async Task Render_ChangedProfile_ReadsTheResultAgain()
    {
        var previous = await RenderAsync();
        _summary = _summary with { Name = "Suzuki" };

        (await RenderAsync()).Tag.Should().NotBe(previous.Tag);
        _known.Should().Equal(null, _stored.Version, null);
    }

    /// <summary>Beside a small body the rest of what is kept counts more.</summary>
    [Test]
    public async Task Render_ManySmallChats_KeepsNoMoreThanTheMemoryThatIsSetAside()
    {
        const int most = RecentDetails.MaxBytes / RecentDetails.BytesBesideTheBody;
        var queries = new List<GetChatDetailQuery>();
        for (var n = 0; n < most + 100; n++)
        {
            _stored = _stored with { Id = new ChatId(Guid.CreateVersion7()) };
            queries.Add(Query);
            await RenderAsync();
        }

        queries.Count(query => _recent.Find(query) is not null).Should().BeInRange(1, most);
    }

    private Task<ChatDetailResult> RenderAsync(bool isShared = true) => _renderer.RenderAsync(Query, isShared, default);

    private ChatDetail Find(GetChatDetailQuery query)
    {
        _known.Add(query.Known);
        if (_isErased)
            throw NotFoundException.Chat();
        return query.Known == _stored.Version
            ? new ChatDetail(_stored with { Result = null }, _summary, isResultKnown: true)
            : new ChatDetail(_stored, _summary);
    }
}
