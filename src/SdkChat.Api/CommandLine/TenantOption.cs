using System.CommandLine;

namespace SdkChat.Api.CommandLine;

/// <summary>The way in which every verb names a tenant: <c>--tenant</c> with the tenant's code or id.</summary>
internal static class TenantOption
{
    public const string Name = "--tenant";
    public const string HelpName = "TENANT";

    private const string Meaning = "Code or id of the tenant, for instance demo";

    public static Option<string> Required(string description = Meaning) =>
        new(Name) { Description = description, HelpName = HelpName, Required = true };

    public static Option<string?> Optional(string description, string helpName = HelpName) =>
        new(Name) { Description = description, HelpName = helpName };
}
