using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.ListChats;
using SdkChat.Application.Chats.Paging;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Chats;

/// <summary>The use case as the Api calls it: through MediatR and its behaviours, with only storage replaced.</summary>
public sealed class ListChatsTests
{
    private static readonly TenantId Tenant = new(Guid.CreateVersion7());

    private readonly Mock<IChatHistory> _history = new(MockBehavior.Strict);

    [TestCase(0, 20, 0)]
    [TestCase(3, 20, 60)]
    [TestCase(int.MaxValue, 100, int.MaxValue * 100L)]
    public async Task Handle_PageNumber_SkipsThatManyRows(int page, int size, long rows)
    {
        Answer(new PageSlice<ChatListItem>([], 0, 0), new PagePosition.Offset(rows), size);

        var answer = await SendAsync(new PageRequest { Page = page, Size = size });

        answer.Index.Should().Be(page);
    }

    [Test]
    public async Task Handle_SizeAboveTheCap_IsCappedAndSaysSo()
    {
        Answer(new PageSlice<ChatListItem>([], 0, 0), new PagePosition.Offset(200), 100);

        var answer = await SendAsync(new PageRequest { Page = 2, Size = 500 });

        answer.Size.Should().Be(100);
    }

    [Test]
    public async Task Handle_MiddlePage_LinksToBothSides()
    {
        var items = Items(2);
        Answer(new PageSlice<ChatListItem>(items, 7, 2), new PagePosition.Offset(2), 2);

        var answer = await SendAsync(new PageRequest { Page = 1, Size = 2 });

        answer.Links.Should().Be(new PageLinks(
            PageCursor.First, PageCursor.Before(items[0].Key), PageCursor.After(items[1].Key), PageCursor.Last));
    }

    [Test]
    public async Task Handle_OnlyPage_LinksToNoNeighbour()
    {
        Answer(new PageSlice<ChatListItem>(Items(2), 2, 0), new PagePosition.Offset(0), 20);

        var answer = await SendAsync(new PageRequest());

        answer.Links.Previous.Should().BeNull();
        answer.Links.Next.Should().BeNull();
    }

    [Test]
    public async Task Handle_PastTheEnd_LinksBackToTheLastPage()
    {
        Answer(new PageSlice<ChatListItem>([], 7, 7), new PagePosition.Offset(180), 20);

        var answer = await SendAsync(new PageRequest { Page = 9 });

        answer.Items.Should().BeEmpty();
        answer.Total.Should().Be(7);
        answer.Links.Previous.Should().Be(PageCursor.Last);
    }

    [Test]
    public async Task Handle_Cursor_DecidesAndIsNumberedByItsRank()
    {
        var items = Items(3);
        Answer(new PageSlice<ChatListItem>(items, 100, 41), new PagePosition.After(items[0].Key), 20);

        var answer = await SendAsync(new PageRequest { Page = 77, Cursor = PageCursor.After(items[0].Key) });

        answer.Index.Should().Be(2);
    }

    [TestCase(-1, 20, null, "page")]
    [TestCase(0, 0, null, "size")]
    [TestCase(0, -5, null, "size")]
    [TestCase(0, 20, "nonsense", "cursor")]
    public async Task Handle_BadPaging_IsRefusedByNameBeforeStorageIsAsked(int page, int size, string? cursor, string name)
    {
        var act = () => SendAsync(new PageRequest { Page = page, Size = size, Cursor = cursor });

        var refusal = await act.Should().ThrowAsync<FluentValidation.ValidationException>();
        refusal.Which.Errors.Should().ContainSingle().Which.PropertyName.Should().EndWith(name);
    }

    private static ChatListItem[] Items(int count) =>
    [
        .. Enumerable.Range(0, count).Select(n => new ChatListItem
        {
            Tenant = Tenant,
            Chat = new ChatId(Guid.CreateVersion7()),
            Profile = new ProfileId(Guid.CreateVersion7()),
            ProfileSummary = new ProfileSummary(null, null, null, null),
            Prompt = "Dinner ideas?",
            Status = ChatStatus.InProgress,
            CreatedAt = DateTimeOffset.UnixEpoch.AddDays(count - n),
            UpdatedAt = DateTimeOffset.UnixEpoch,
        }),
    ];

    private void Answer(PageSlice<ChatListItem> slice, PagePosition position, int size) =>
        _history.Setup(history => history.ListAsync(Tenant, null, position, size, It.IsAny<CancellationToken>())).ReturnsAsync(slice);

    private async Task<Page<ChatListItem>> SendAsync(PageRequest page)
    {
        await using var services = new ServiceCollection()
            .AddApplication()
            .AddSingleton(_history.Object)
            .AddSingleton(Mock.Of<ICrossTenantChatHistory>())
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ListChatsQuery(Tenant, null, page));
    }
}
