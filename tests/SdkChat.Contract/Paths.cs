namespace SdkChat.Contract;

/// <summary>Where the contract says things are.</summary>
internal static class Paths
{
    public const string List = "/api/v1/sdk-chat";
    public const string Stream = "/api/v1/sdk-chat/events/stream";
    public const string AdminList = "/api/v1/admin/sdk-chat";
    public const string Export = "/api/v1/sdk-chat/export";
    public const string AdminExport = "/api/v1/admin/sdk-chat/export";
    public const string Validation = "/v1/validation";
    public const string Profiles = "/v1/profile";
    public const string ApiKeys = "/api/v1/api-keys";
    public const string Screens = "/api/v1/screens";
    public const string Access = "/api/v1/sdk-chat/access";
    public const string Audit = "/api/v1/admin/audit";
    public const string Blocks = "/api/v1/admin/blocks";
    public const string Tenants = "/api/v1/admin/tenants";
    public const string Overview = "/api/v1/admin/tenants/overview";
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>A well-formed id that nothing has.</summary>
    public const string Nobody = "019f0000-0000-7000-8000-000000000000";

    public static readonly IReadOnlyList<string> OfTenants = [List, Detail(Nobody), Timeline(Nobody), ProfileHistory(Nobody), Stream];

    public static readonly IReadOnlyList<string> OfAdmins =
        [AdminList, AdminDetail(Nobody), AdminTimeline(Nobody), AdminProfileHistory(Nobody)];

    public static readonly IReadOnlyList<string> OfKeys = [Validation, Profile(Nobody), Chats(Nobody), Chat(Nobody, Nobody)];

    /// <summary>Where an expired or revoked key is refused.</summary>
    public static readonly IReadOnlyList<string> OfActiveKeys = [.. OfKeys.Where(path => path != Validation)];

    public static string ApiKey(string prefix) => $"{ApiKeys}/{prefix}";

    public static string ApiKeysOf(string tenant) => $"{Tenants}/{tenant}/api-keys";

    public static string ScreensOf(string tenant) => $"{Tenants}/{tenant}/screens";

    public static string ErasuresOf(string tenant) => $"{Tenants}/{tenant}/erasures";

    public static string Detail(string chat) => $"{List}/{chat}";

    public static string Timeline(string chat) => $"{List}/{chat}/timeline";

    public static string AdminTimeline(string chat) => $"{AdminList}/{chat}/timeline";

    public static string ProfileHistory(string profile) => $"{List}/profiles/{profile}";

    public static string AdminProfileHistory(string profile) => $"{AdminList}/profiles/{profile}";

    public static string AdminDetail(string chat) => $"{AdminList}/{chat}";

    public static string Profile(string profile) => $"{Profiles}/{profile}";

    public static string Session(string profile, string verb) => $"{Profiles}/{profile}/session/{verb}";

    public static string Chats(string profile) => $"/v1/chat/{profile}/recommend";

    public static string Chat(string profile, string chat) => $"/v1/chat/{profile}/recommend/{chat}";

    public static string BackList(string profile) => $"/v1/chat/{profile}/backlist-trigger";
}
