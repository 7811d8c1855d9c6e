using SdkChat.Application.Tenants;

namespace SdkChat.Api.Http.Binding;

/// <summary>Ids of tenants, separated by commas.</summary>
public readonly record struct TenantIds(IReadOnlyCollection<Guid> Values)
{
    public static readonly string Message = $"is not a list of 1 to {TenantFilter.MaxIds} UUIDs with commas between them.";

    public static bool TryParse(string? text, out TenantIds ids)
    {
        ids = default;
        var values = new List<Guid>();
        foreach (var part in text?.Split(',', TenantFilter.MaxIds + 1) ?? [])
        {
            if (!ScalarText.TryParseUuid(part, out var id))
                return false;
            values.Add(id);
        }

        ids = new TenantIds(values);
        return values.Count is > 0 and <= TenantFilter.MaxIds;
    }
}
