using System.Text.Json;
using MediatR;
using SdkChat.Application.Tenants;
using SdkChat.Development.Files;
using SdkChat.Development.Seeding;
using SdkChat.Domain.Tenants;

namespace SdkChat.Development.Instance;

/// <summary>
/// An SDK key for each of the demo's tenants. Storage has only their hashes, so the data folder keeps the keys: they stay
/// the same from one <c>up</c> to the next, and no heap of used-up keys grows.
/// </summary>
internal static class DemoKeys
{
    private const string FileName = "development-sdk-keys.json";

    /// <summary>Makes those that are missing, or that the database does not know, or no longer.</summary>
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
            // Nobody needs these very keys: new ones take their place.
            return [];
        }
    }

    private static async Task<bool> IsGoodAsync(IMediator mediator, string tenant, string text, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!SdkKey.TryParse(text, out var key))
            return false;

        var stored = await mediator.Send(new ListApiKeysQuery(tenant), cancellationToken);
        return stored.Any(item => item.Prefix == key.Prefix && item.StateAt(clock.GetUtcNow()) == ApiKeyState.Active);
    }
}
