namespace SdkChat.Application.Common.Exceptions;

/// <summary>
/// The object does not exist or belongs to another tenant. The response must not distinguish the two (contract, section 1).
/// </summary>
public sealed class NotFoundException : SdkChatException
{
    private NotFoundException(ErrorCode code, string message)
        : base(code, message)
    {
    }

    public static NotFoundException Chat() => new(ErrorCode.ChatNotFound, "There is no such chat.");

    public static NotFoundException Profile() => new(ErrorCode.ProfileNotFound, "There is no such profile.");

    /// <summary>For the backoffice: no node has this stream open.</summary>
    public static NotFoundException Stream() => new(ErrorCode.StreamNotFound, "There is no such stream, or it has ended.");

    /// <summary>For the backoffice: no tenant has this id.</summary>
    public static NotFoundException Tenant() => new(ErrorCode.TenantNotFound, "There is no such tenant.");

    /// <summary>For operators only, who name a tenant by its code or id.</summary>
    public static NotFoundException Tenant(string named) =>
        new(ErrorCode.NotFound, $"There is no tenant '{named}': ./sdkchat tenant list shows them, ./sdkchat tenant add makes one.");

    /// <summary>No key of this tenant has this prefix.</summary>
    public static NotFoundException ApiKey() => new(ErrorCode.ApiKeyNotFound, "There is no such key.");

    /// <summary>For the backoffice: no block has this id.</summary>
    public static NotFoundException Block() => new(ErrorCode.BlockNotFound, "There is no such block.");

    /// <summary>No screen of this tenant has this id, or it was revoked.</summary>
    public static NotFoundException Screen() => new(ErrorCode.ScreenNotFound, "There is no such screen.");

    /// <summary>No link for a screen with this code works now.</summary>
    public static NotFoundException ScreenLink() =>
        new(ErrorCode.ScreenNotFound, "This link was used already, or is too old. Make a new one in the console, under Keys.");

    /// <summary>The tenant has no floor plan.</summary>
    public static NotFoundException FloorPlan() => new(ErrorCode.FloorPlanNotFound, "There is no floor plan.");

    /// <summary>For operators only: no key of any tenant has this prefix.</summary>
    public static NotFoundException ApiKeyOfOperator() =>
        new(ErrorCode.ApiKeyNotFound, "There is no key with this prefix: ./sdkchat apikey list shows them.");
}
