using Dapper;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Chats;

namespace SdkChat.Infrastructure.Tests.Chats.Counts;

/// <summary>
/// When a page of a tenant's chats is found without <c>chat_history_page</c>. <see cref="HistoryCountsPageTests"/> checks that it is the
/// right page.
/// </summary>
public sealed class TenantPageTests
{
    private CountFixture _fixture = null!;

    [SetUp]
    public async Task SetUp()
    {
        _fixture = await CountFixture.CreateAsync();
        await _fixture.AddAsync(90);
        await _fixture.Counts.ApplyPendingAsync(default);
    }

    [TearDown]
    public async Task TearDown() => await _fixture.DisposeAsync();

    [TestCase(0)]
    [TestCase(10)]
    [TestCase(80)]
    public async Task List_AllChatsAreCounted_DoesNotCallTheFunction(long skipped) =>
        (await CallsFunctionAsync(skipped)).Should().BeFalse();

    [TestCase(0)]
    [TestCase(10)]
    public async Task List_ChatOfAnotherTenantIsPending_DoesNotCallTheFunction(long skipped)
    {
        await _fixture.AddAsync(1, profile: 3);

        (await CallsFunctionAsync(skipped)).Should().BeFalse();
    }

    [TestCase(0)]
    [TestCase(10)]
    public async Task List_ChatIsPending_CallsTheFunction(long skipped)
    {
        await _fixture.AddAsync(1);

        (await CallsFunctionAsync(skipped)).Should().BeTrue();
    }

    [TestCase(0)]
    [TestCase(10)]
    public async Task List_ManyChatsArePending_CallsTheFunction(long skipped)
    {
        await _fixture.AddAsync(101, profile: 3);

        (await CallsFunctionAsync(skipped)).Should().BeTrue();
    }

    [Test]
    public async Task List_PageBeyondTheEnd_CallsTheFunction() => (await CallsFunctionAsync(skipped: 90)).Should().BeTrue();

    [Test]
    public async Task List_NothingIsCounted_CallsTheFunction()
    {
        await _fixture.Rows.ExecuteAsync("delete from chat_count_block");

        (await CallsFunctionAsync(skipped: 0)).Should().BeTrue();
    }

    private async Task<bool> CallsFunctionAsync(long skipped)
    {
        var position = new PagePosition.Offset(skipped);
        var page = new ChatListPage(new TenantId(_fixture.Profiles[0].Tenant), ChatFilter.None, position, 10);
        await using var connection = await _fixture.OpenAsync();
        var plan = await connection.QueryAsync<string>(
            "explain (analyze, costs off, timing off) " + ChatHistorySql.List(page.Scope, page.Selection.Kind, position),
            new ChatListParameters(page));
        return !plan.Single(line => line.Contains("Function Scan on chat_history_page", StringComparison.Ordinal))
            .Contains("never executed", StringComparison.Ordinal);
    }
}
