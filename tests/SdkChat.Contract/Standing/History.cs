using System.Text.Json;
using SdkChat.Contract.Calls;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Standing;

/// <summary>
/// What there is to read: where the tests may write, rows of their own that nobody else changes, else what the tenant has.
/// </summary>
internal sealed class History(Service service)
{
    private const int OwnChats = 7;
    private const int Fewest = 3;

    private readonly Lazy<Task<Shelf>> _shelf = new(() => ShelfAsync(service), LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>A list of the tenant's that stays as it is.</summary>
    public Task<Shelf> ShelfAsync() => _shelf.Value;

    /// <summary>The newest row of that list.</summary>
    public async Task<JsonElement> SomeRowAsync() => (await (await ShelfAsync()).TenantPageAsync("size=1")).Items()[0];

    /// <summary>The tenant's id, as the backoffice sees it.</summary>
    public async Task<string> TenantIdAsync()
    {
        var row = await SomeRowAsync();
        var rows = (await service.GetAsync($"{Paths.AdminList}?profile_id={row.Text("profile_id")}", service.Admin)).Data().Items();
        return rows.FirstOrDefault(candidate => candidate.Id() == row.Id()).Text("tenant_id")
            ?? throw new CannotTellException("the backoffice's list does not show the tenant's newest chat");
    }

    private static async Task<Shelf> ShelfAsync(Service service)
    {
        if (Needs.Shopper.Missing(service.Means) is not null)
            return await ExistingAsync(service);

        var shopper = await Shopper.ArriveAsync(service);
        var chats = new List<string>();
        for (var i = 0; i < OwnChats; i++)
            chats.Add(await shopper.StartAsync());
        await shopper.EndAsync(chats[2]);
        await Task.WhenAll(chats.Where((_, index) => index != 2).Select(shopper.CompletedAsync));
        await shopper.EndAsync(chats[4]);
        return new Shelf(service, shopper.Profile, OwnChats, IsShared: false);
    }

    private static async Task<Shelf> ExistingAsync(Service service)
    {
        var total = (await service.GetAsync(Paths.List + "?size=1", service.Tenant)).Data().Number("total");
        if (total < Fewest)
            throw new CannotTellException("the tenant has fewer than three chats to read: --allow-writes");
        // Of the oldest chats most rest: whoever asked the most of them will do.
        var oldest = (await service.GetAsync($"{Paths.List}?size=100&page={(total - 1) / 100}", service.Tenant)).Data().Items();
        var profile = oldest.GroupBy(row => row.Text("profile_id")).OrderByDescending(rows => rows.Count()).FirstOrDefault()?.Key;
        var count = (await service.GetAsync($"{Paths.List}?profile_id={profile ?? Paths.Nobody}&size=1", service.Tenant)).Data()
            .Number("total");
        return count >= Fewest ? new Shelf(service, profile, count, IsShared: true) : new Shelf(service, null, total, IsShared: true);
    }
}

/// <summary>A list of known content.</summary>
/// <param name="Profile">Whose chats; null for all of the tenant's.</param>
/// <param name="Count">How many, when it was made.</param>
/// <param name="IsShared">Whether others may write to it meanwhile.</param>
internal sealed record Shelf(Service Service, string? Profile, long Count, bool IsShared)
{
    /// <summary>
    /// Judges two readings of a list that differ: unless others write to it, and the list itself has changed, the second was wrong.
    /// </summary>
    public async Task ShouldHaveMovedAsync(string query, string[] before, Answer answer, IEnumerable<string> came)
    {
        if (!IsShared || (await TenantPageAsync(query)).Ids().SequenceEqual(before))
            answer.Expect(false, string.Join(", ", before), string.Join(", ", came));
    }

    public string Path(string list, string query) => $"{list}?{(Profile is null ? "" : $"profile_id={Profile}&")}{query}";

    public async Task<JsonElement> TenantPageAsync(string query) => (await TenantAsync(query)).Data();

    public Task<Answer> TenantAsync(string query) => Service.GetAsync(Path(Paths.List, query), Service.Tenant);
}
