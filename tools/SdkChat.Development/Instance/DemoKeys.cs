using System.Text.Json;
using MediatR;
using SdkChat.Application.Tenants;
using SdkChat.Development.Files;
using SdkChat.Development.Seeding;
using SdkChat.Domain.Tenants;

namespace SdkChat.Development.Instance;

/// <summary>
/// An SDK key for each demo tenant. The database has only their hashes, so the data folder stores the keys. They stay the same across
/// starts of <c>up</c>, and no unused keys accumulate.
/// </summary>
internal static class DemoKeys
{
    private const string FileName = "development-sdk-keys.json";

    /// <summary>Creates the keys that are missing, or that the database does not have.</summary>
    /// <returns>Keys by tenant.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> EnsureAsync(
        IMediator mediator, DataFolder folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Make().Path, FileName);
        var known = Read(file);
        var keys = new Dictionary<string, string>();
        foreach (var tenant in DemoData.TenantCodes)
        {
            keys[tenant] = known.GetValueOrDefault(tenant) is { } key && await IsGoodAsync(mediator, tenant, key, clock, cancellationToken)
                ? key
                : (await mediator.Send(new CreateApiKeyCommand(tenant), cancellationToken)).Key.Secret;
        }

        PrivateFile.Write(file, JsonSerializer.Serialize(keys));
        return keys;
    }

    private static Dictionary<string, string> Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [] : [];
        }
        catch (JsonException)
        {
            // The stored keys cannot be read: new ones replace them.
            return [];
        }
    }

    private static async Task<bool> IsGoodAsync(
        IMediator mediator, string tenant, string text, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!SdkKey.TryParse(text, out var key))
            return false;

        var stored = await mediator.Send(new ListApiKeysQuery(tenant), cancellationToken);
        return stored.Any(item => item.Prefix == key.Prefix && item.StateAt(clock.GetUtcNow()) == ApiKeyState.Active);
    }
}
