using System.CommandLine;
using SdkChat.Api.CommandLine;
using SdkChat.Api.CommandLine.Errors;
using SdkChat.Client;

namespace SdkChat.Development.Remote;

/// <summary>
/// The tenant of a command that reads a running service as the backoffice: <see cref="TenantOption"/>, as for every other verb.
/// </summary>
internal sealed class RemoteTenant(string description)
{
    private const int PageSize = 100;

    public Option<string?> Option { get; } = TenantOption.Optional(description);

    /// <returns>Null if no tenant is named.</returns>
    /// <param name="isBackoffice">Whether the command calls the backoffice's endpoints.</param>
    /// <exception cref="CommandFailedException">
    /// The service has no tenant with this code, which is no id either, or the command reads the token's own tenant.
    /// </exception>
    public async Task<Guid?> FindAsync(ParseResult parsed, SdkChatClient client, bool isBackoffice, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Option) is not { } named)
            return null;
        if (!isBackoffice)
            throw new CommandFailedException(
                $"{TenantOption.Name} needs --all and a token of the backoffice: a tenant's token reads its own tenant only.");

        // The service finds codes and names that contain the text; a code that is the whole text is unique. It may look like an id, so
        // codes come first.
        for (var page = 0; ; page++)
        {
            var found = await client.FindTenantsAsync(named, page, PageSize, cancellationToken);
            if (found.Items.FirstOrDefault(tenant => tenant.Code.Equals(named, StringComparison.OrdinalIgnoreCase)) is { } tenant)
                return tenant.TenantId;
            if ((page + 1L) * PageSize >= found.Total)
                return Guid.TryParseExact(named, "D", out var id)
                    ? id
                    : throw new CommandFailedException($"The service has no tenant '{named}'.");
        }
    }
}
