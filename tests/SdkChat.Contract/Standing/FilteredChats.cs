using System.Globalization;
using SdkChat.Contract.Calls;

namespace SdkChat.Contract.Standing;

/// <summary>
/// A shopper with chats that filters tell apart: one completed with a trigger, one completed without, two ended in progress.
/// </summary>
internal sealed record FilteredChats(
    Service Service, string Profile, string Triggered, string Completed, string FirstEnded, string SecondEnded)
{
    public static async Task<FilteredChats> CreateAsync(Service service)
    {
        var shopper = await Shopper.ArriveAsync(service);
        var chats = new List<string>();
        for (var n = 0; n < 4; n++)
            chats.Add(await shopper.StartAsync());
        (await shopper.EndAsync(chats[2])).Data();
        (await shopper.EndAsync(chats[3])).Data();
        await Task.WhenAll(shopper.CompletedAsync(chats[0]), shopper.CompletedAsync(chats[1]));
        (await shopper.TriggerWithAsync(chats[0], "[]")).Data();
        return new FilteredChats(service, shopper.Profile, chats[0], chats[1], chats[2], chats[3]);
    }

    public Task<Answer> ListAsync(string query) => Service.GetAsync($"{Paths.List}?profile_id={Profile}&{query}", Service.Tenant);

    /// <summary>
    /// The tenant's list, and the backoffice's where that can be read, has these chats under the filters, and says so in its total.
    /// </summary>
    public async Task ShouldListAsync(string query, params string[] chats)
    {
        ShouldHave(await ListAsync(query), chats);
        if (Service.Means.Admin is not null)
            ShouldHave(await Service.GetAsync($"{Paths.AdminList}?profile_id={Profile}&{query}", Service.Admin), chats);
    }

    /// <summary>When a chat was started, as the list says.</summary>
    public async Task<DateTimeOffset> StartOfAsync(string chat)
    {
        var rows = (await ListAsync("size=100")).Data().Items();
        return DateTimeOffset.Parse(rows.Single(row => row.Id() == chat).Text("created_at")!, CultureInfo.InvariantCulture);
    }

    private static void ShouldHave(Answer answer, string[] chats)
    {
        var data = answer.Data();
        answer.Expect(
            data.Ids().Order(StringComparer.Ordinal).SequenceEqual(chats.Order(StringComparer.Ordinal)), string.Join(", ", chats),
            string.Join(", ", data.Ids()));
        answer.Expect(data.Number("total") == chats.Length, $"total {chats.Length}", $"total {data.Raw("total")}");
    }
}
