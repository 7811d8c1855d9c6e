namespace SdkChat.Infrastructure.Tests.Chats.Search;

/// <summary>The arguments of <c>chat_search</c>. Instants travel as text, since infinity is no instant.</summary>
internal sealed record SearchCall(Guid? Tenant, Guid? Profile, string? Query)
{
    public Guid? Id { get; init; }

    public int Classes { get; init; } = SearchFixture.AllClasses;

    public string AboveAt { get; init; } = "-infinity";

    public Guid AboveId { get; init; }

    public string BelowAt { get; init; } = "infinity";

    public Guid BelowId { get; init; }

    public bool OldestFirst { get; init; }

    public int Wanted { get; init; } = 1000;
}
