namespace SdkChat.Api.OpenApi;

/// <summary>A link from the response of an operation to an operation that uses its ids.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="To">The operation's id.</param>
internal sealed record DocumentedLink(string Status, string To, string Description, params (string Name, string Source)[] Parameters);

/// <summary>
/// The links between operations: kickoff, poll, trigger, history, and from created objects to the operations that change them.
/// </summary>
internal static class DocumentedLinks
{
    private static readonly (string, string) Profile = ("profile_id", "$response.body#/data/profile_id");
    private static readonly (string, string) Chat = ("chat_id", "$response.body#/data/chat_id");
    private static readonly (string, string) AskedProfile = ("profile_id", "$request.path.profile_id");
    private static readonly (string, string) CreatedTenant = ("tenant_id", "$response.body#/data/tenant_id");
    private static readonly (string, string) AskedTenant = ("tenant_id", "$request.path.tenant_id");
    private static readonly (string, string) KeyPrefix = ("key_prefix", "$response.body#/data/key_prefix");

    private static readonly Dictionary<string, DocumentedLink[]> ByOperation = new()
    {
        ["createProfile"] =
        [
            new("200", "startChat", "Start a chat for the profile.", Profile),
            new("200", "startSession", "Open a session for the profile.", Profile),
            new("200", "getProfile", "Read the profile.", Profile),
        ],
        ["startSession"] =
            [new("200", "stampSession", "Stamp the session.", Profile), new("200", "endSession", "End the session.", Profile)],
        ["startChat"] =
        [
            new("202", "pollChat", "Poll until the chat is no longer in progress.", Profile, Chat),
            new("202", "endChat", "End the chat.", Profile, Chat),
            new("202", "getChat", "The chat, for the tenant's admins.", Chat),
            new("202", "listProfileChats", "The profile's history.", Profile),
        ],
        ["pollChat"] =
        [
            new("200", "triggerBackList", "The shopper reached the back list of a completed chat.", AskedProfile),
            new("200", "listProfileChats", "The profile's history.", AskedProfile),
        ],
        ["triggerBackList"] =
        [
            new("200", "listProfileChats", "The profile's history.", AskedProfile),
            new("200", "getTimeline", "The chat's timeline with the trigger, for the tenant's admins.", Chat),
        ],
        ["addTenant"] =
        [
            new("201", "createTenantApiKey", "Make the tenant's first key.", CreatedTenant),
            new("201", "updateTenant", "Rename or disable the tenant.", CreatedTenant),
        ],
        ["createApiKey"] = [new("201", "revokeApiKey", "Revoke the key.", KeyPrefix)],
        ["createTenantApiKey"] = [new("201", "revokeTenantApiKey", "Revoke the key.", AskedTenant, KeyPrefix)],
        ["blockSubject"] = [new("201", "unblockSubject", "Let the user in again.", ("block_id", "$response.body#/data/block_id"))],
    };

    public static DocumentedLink[] From(string operation) => ByOperation.GetValueOrDefault(operation, []);
}
