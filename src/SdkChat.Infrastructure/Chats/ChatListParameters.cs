using Npgsql;
using SdkChat.Application.Common.Paging;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The parameters of the lists of <see cref="ChatHistorySql"/>. Dapper sends only those that a statement uses.</summary>
internal sealed class ChatListParameters(ChatListPage page) : INumberedParameters
{
    private static readonly int[] Indexed =
        [(int)ChatClasses.Triggered, (int)ChatClasses.Error, (int)ChatClasses.Ended];

    private readonly ChatKey? _key = page.Position switch
    {
        PagePosition.After after => after.Key,
        PagePosition.Following following => following.Key,
        PagePosition.Before before => before.Key,
        _ => null,
    };

    public Guid? Tenant => page.Tenant?.Value;

    public Guid? Profile => page.Filter.Profile?.Value;

    public int Size => page.Size;

    public long? Offset => (page.Position as PagePosition.Offset)?.Rows;

    public DateTimeOffset? CreatedAt => _key?.CreatedAt;

    public Guid? Chat => _key?.Chat.Value;

    public int Mask => (int)page.Selection.Classes;

    /// <summary>Whether the list contains completed chats without a trigger.</summary>
    public bool Plain => page.Selection.Classes.HasFlag(ChatClasses.CompletedUntriggered);

    public bool InProgress => page.Selection.Classes.HasFlag(ChatClasses.InProgress);

    /// <summary>The other classes of the list.</summary>
    public int[] Classes => [.. Indexed.Where(value => (Mask & value) != 0)];

    public DateTimeOffset? From => page.Selection.From;

    public DateTimeOffset? To => page.Selection.To;

    public NpgsqlParameter Create(string name) => name switch
    {
        "tenant" => NumberedParameter.From(Tenant),
        "profile" => NumberedParameter.From(Profile),
        "size" => NumberedParameter.From(Size),
        "offset" => NumberedParameter.From(Offset),
        "createdAt" => NumberedParameter.From(CreatedAt),
        "chat" => NumberedParameter.From(Chat),
        "mask" => NumberedParameter.From(Mask),
        "plain" => NumberedParameter.From(Plain),
        "inProgress" => NumberedParameter.From(InProgress),
        "classes" => NumberedParameter.From(Classes),
        "from" => NumberedParameter.From(From),
        "to" => NumberedParameter.From(To),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A list has no such parameter."),
    };
}

/// <summary>The parameters of the statements of <see cref="ChatHistorySql"/> that read several pages.</summary>
internal sealed class ChatListsParameters(IReadOnlyList<ChatListPage> pages) : INumberedParameters
{
    public NpgsqlParameter Create(string name) => name switch
    {
        "tenants" => NumberedParameter.From(pages, page => page.Tenant!.Value.Value),
        "offsets" => NumberedParameter.From(pages, page => ((PagePosition.Offset)page.Position).Rows),
        "sizes" => NumberedParameter.From(pages, page => page.Size),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Several pages have no such parameter."),
    };
}
