using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Chats;

/// <summary>Pages of several tenants that are requested at the same time, and therefore read with one statement.</summary>
public sealed class TenantPagesTests
{
    [Test]
    public async Task Pages_ManyAtOnce_AreWhatTheyAreAlone()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = DataSourceFactory.Create(database.ConnectionString, TestDatabase.Options);
        var rows = new Rows(database.ConnectionString);
        var tenants = new List<Guid>();
        foreach (var chats in new[] { 0, 1, 37, 60 })
        {
            var tenant = await rows.TenantAsync($"with{chats}");
            var profiles = new[]
            {
                await rows.ProfileAsync(tenant, """{"name":"Kim"}"""), await rows.ProfileAsync(tenant, """{"name":"Sato","age":40}"""),
            };
            for (var n = 0; n < chats; n++)
                await rows.ChatAsync(
                    tenant, profiles[n % 2], new DateTimeOffset(2026, 4, 23, 5, n / 7, 0, TimeSpan.Zero),
                    n % 3 == 0 ? "error" : "completed");
            tenants.Add(tenant);
        }

        ChatListPage[] requests =
        [
            .. from tenant in tenants.Append(Guid.NewGuid())
               from page in new (long Offset, int Size)[] { (0, 20), (0, 7), (7, 7), (20, 20), (40, 20), (5000, 20) }
               select new ChatListPage(new TenantId(tenant), ChatFilter.None, new PagePosition.Offset(page.Offset), page.Size),
        ];
        requests.Should().OnlyContain(request => TenantPages.AreReadBy(ListOf(request)));
        var pages = new TenantPages(new Database(source), TimeProvider.System);
        var alone = new List<PageSlice<ChatListItem>>();
        foreach (var request in requests)
            alone.Add(await pages.ReadAsync(ListOf(request), request, default));
        alone.Sum(page => page.Items.Count).Should().Be((1 + 1) + (20 + 7 + 7 + 17) + (20 + 7 + 7 + 20 + 20));

        var together = await Task.WhenAll(
            Enumerable.Range(0, 5).SelectMany(_ => requests).Select(request => pages.ReadAsync(ListOf(request), request, default)));

        for (var n = 0; n < together.Length; n++)
            together[n].Should().BeEquivalentTo(
                alone[n % requests.Length], options => options.WithStrictOrdering(), "of {0}", requests[n % requests.Length]);
    }

    private static string ListOf(ChatListPage page) => ChatHistorySql.List(page.Scope, page.Selection.Kind, page.Position);
}
