using SdkChat.Api.Http.Binding;
using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats.Statistics;

/// <summary>Maps statistics to responses.</summary>
internal static class ChatStatsMapping
{
    public static ChatStatsResponse ToResponse(ChatStats stats, StatsRange range) => new()
    {
        From = range.From, To = range.To, Bucket = BucketUnitText.NameOf(range.Unit), Tz = range.Zone.ToString(),
        Buckets = [.. stats.Buckets.Select(StatsBucketResponse.Create)], Total = StatsNumbersResponse.Create(stats.Total),
        Errors = Errors(stats), Items = Items(stats), Questions = Questions(stats),
    };

    public static AdminChatStatsResponse ToAdminResponse(ChatStats stats, StatsRange range, bool byTenant) => new()
    {
        From = range.From, To = range.To, Bucket = BucketUnitText.NameOf(range.Unit), Tz = range.Zone.ToString(),
        Buckets = [.. stats.Buckets.Select(StatsBucketResponse.Create)], Total = StatsNumbersResponse.Create(stats.Total),
        Errors = Errors(stats), Items = Items(stats), Questions = Questions(stats),
        Groups = byTenant
            ? [.. stats.Groups.Select(
                group => new TenantStatsResponse(group.Tenant.Value, group.Code, StatsNumbersResponse.Create(group.Total)))]
            : null,
    };

    private static ErrorCountResponse[] Errors(ChatStats stats) =>
        [.. stats.Errors.Select(error => new ErrorCountResponse(error.Text, error.Count))];

    private static QuestionCountResponse[]? Questions(ChatStats stats) =>
        stats.Questions?.Select(question => new QuestionCountResponse(question.Text, question.Count)).ToArray();

    private static ItemCountResponse[] Items(ChatStats stats) =>
        [.. stats.Items.Select(item => new ItemCountResponse(item.Text, item.Count))];
}
