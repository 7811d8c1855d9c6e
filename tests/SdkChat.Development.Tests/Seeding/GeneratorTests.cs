using SdkChat.Development.Pipelines;
using SdkChat.Development.Seeding;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Development.Tests.Seeding;

public sealed class GeneratorTests
{
    private static readonly SeedPlan Plan = new(
        new TenantId(Guid.Parse("019dd9b0-5a58-7e3e-8d9d-4c4b6f2b7a11")), 20_000, 500, 7,
        new DateTimeOffset(2026, 4, 23, 5, 28, 8, TimeSpan.Zero))
    {
        HasWaiting = true,
    };

    [Test]
    public void Generate_SamePlan_GivesTheSameRows()
    {
        Profiles(Plan).Should().Equal(Profiles(Plan));
        Chats(Plan).Should().Equal(Chats(Plan));
    }

    [Test]
    public void Generate_OtherSeed_GivesOtherRows()
    {
        var other = Plan with { Seed = 8 };

        Profiles(other)[0].Id.Should().NotBe(Profiles(Plan)[0].Id);
        Chats(other).Select(chat => chat.Prompt).Should().NotEqual(Chats(Plan).Select(chat => chat.Prompt));
    }

    [Test]
    public void Chats_AreMixed_AsInLife()
    {
        var chats = Chats(Plan);

        Share(chats, chat => chat.Status == ChatStatus.Completed).Should().BeInRange(0.86, 0.92);
        Share(chats, chat => chat.Status == ChatStatus.Error).Should().BeInRange(0.05, 0.07);
        Share(chats, chat => chat.Status == ChatStatus.Ended).Should().BeInRange(0.04, 0.06);
        chats.Should().Contain(chat => chat.Status == ChatStatus.InProgress);
        Share(chats, chat => chat.Status == ChatStatus.Completed && chat.EndedAt is not null).Should().BeInRange(0.3, 0.4);
        Share(chats, chat => chat.Result?.RecommendedItems.Utf8.Length > 15_000).Should().BeInRange(0.003, 0.006);
        chats.Select(chat => chat.LastError).Distinct().Should().HaveCountGreaterThan(4);
        chats.Select(chat => chat.Prompt).Distinct().Should().HaveCountGreaterThan(5_000);
    }

    /// <summary>Nothing would ever end them.</summary>
    [Test]
    public void Chats_OfAPlanWithoutWaitingOnes_HaveAllEnded() =>
        Chats(Plan with { HasWaiting = false }).Should().NotContain(chat => chat.Status == ChatStatus.InProgress);

    [Test]
    public void Chats_Instants_RiseAndFollowDayWeekAndGrowth()
    {
        var chats = Chats(Plan);

        chats.Should().BeInAscendingOrder(chat => chat.CreatedAt);
        var local = chats.Select(chat => chat.CreatedAt.ToOffset(TimeSpan.FromHours(9))).ToList();
        local.Count(at => at.Hour is >= 17 and < 20).Should().BeGreaterThan(10 * local.Count(at => at.Hour is >= 2 and < 5));
        (local.Count(at => at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) / 2.0)
            .Should().BeGreaterThan(1.2 * local.Count(at => at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) / 5.0);
        local.Count(at => at > Plan.Now.AddDays(-90)).Should().BeGreaterThan(2 * local.Count(at => at < Plan.Now.AddDays(-275)));
        local.Count(at => at > Plan.Now.AddMinutes(-2)).Should().BeInRange(5, 6);
    }

    [Test]
    public void Profiles_AreOfThreeLanguages_AndSaySometimesLittle()
    {
        var profiles = Profiles(Plan);

        profiles.Take(3).Select(profile => profile.Language).Should().BeEquivalentTo(Enum.GetValues<DemoLanguage>());
        Share(profiles, profile => profile.Language == DemoLanguage.Korean).Should().BeInRange(0.5, 0.7);
        profiles.Should().Contain(profile => !profile.Document.Contains("\"name\"", StringComparison.Ordinal));
    }

    private static List<SeededProfile> Profiles(SeedPlan plan) => [.. new ProfileGenerator(plan).Generate()];

    private static List<ChatState> Chats(SeedPlan plan) =>
        [.. new ChatGenerator(plan, Profiles(plan).ConvertAll(profile => new Shopper(profile.Id, profile.Language)))
            .Generate(0, plan.Chats)];

    private static double Share<T>(List<T> rows, Func<T, bool> condition) => (double)rows.Count(condition) / rows.Count;
}
