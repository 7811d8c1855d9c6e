using MediatR;
using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tests.Chats;

/// <summary>The use case as the Api calls it: through MediatR and its behaviours, with only storage replaced.</summary>
public sealed class ListChatsTests
{
    private static readonly TenantId Tenant = new(Guid.CreateVersion7());

    private static readonly ProfileId Profile = new(Guid.CreateVersion7());

    private readonly Mock<IChatHistory> _history = new(MockBehavior.Strict);
    private readonly Mock<ICrossTenantChatHistory> _allTenants = new(MockBehavior.Strict);
    private readonly Mock<IProfileRepository> _profiles = new();

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

    [Test]
    public async Task Handle_Profile_ListsItsChatsOfItsTenant()
    {
        _profiles.Setup(profiles => profiles.FindVisitAsync(Tenant, Profile, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ProfileVisit(null));
        _history.Setup(history => history.ListOfProfileAsync(
            Tenant, Profile, ChatFilter.None, new PagePosition.Offset(0), 20, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PageSlice<ChatListItem>([], 7, 0));

        (await SendAsync(new PageRequest(), new ChatScope.OfProfile(Tenant, Profile))).Total.Should().Be(7);
    }

    [Test]
    public async Task Handle_UnknownProfile_IsNotFoundBeforeItsChatsAreRead()
    {
        var act = () => SendAsync(new PageRequest(), new ChatScope.OfProfile(Tenant, new ProfileId(Guid.CreateVersion7())));

        (await act.Should().ThrowAsync<NotFoundException>()).Which.Code.Should().Be(ErrorCode.ProfileNotFound);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Handle_Backoffice_ReadsThroughItsOwnPort(bool ofOneTenant)
    {
        var tenant = ofOneTenant ? Tenant : (TenantId?)null;
        _allTenants.Setup(all => all.ListAsync(tenant, ChatFilter.None, new PagePosition.Offset(0), 20, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new PageSlice<ChatListItem>([], 9, 0));

        (await SendAsync(new PageRequest(), new ChatScope.Backoffice(tenant))).Total.Should().Be(9);
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
        _history.Setup(history => history.ListAsync(Tenant, ChatFilter.None, position, size, It.IsAny<CancellationToken>()))
            .ReturnsAsync(slice);

    private async Task<Page<ChatListItem>> SendAsync(PageRequest page, ChatScope? scope = null)
    {
        await using var services = new ServiceCollection()
            .AddApplication()
            .AddSingleton(_history.Object)
            .AddSingleton(_allTenants.Object)
            .AddSingleton(_profiles.Object)
            .BuildServiceProvider();
        await using var one = services.CreateAsyncScope();
        return await one.ServiceProvider.GetRequiredService<IMediator>()
            .Send(new ListChatsQuery(scope ?? new ChatScope.OfTenant(Tenant), ChatFilter.None, page));
    }
}
