using SdkChat.Application.Chats;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats;

/// <summary>Reads chats by their key; those that are requested at the same time, with one statement (docs/decisions/0057).</summary>
internal sealed class ChatLookups
{
    /// <summary>
    /// A look-up takes about ten microseconds of the database, so that a caller waits hardly a millisecond for the others'.
    /// </summary>
    private const int MaxChats = 64;

    private readonly BatchReader<ChatKeyParameters, ChatLookup> _reader;

    public ChatLookups(Database database, TimeProvider clock) => _reader = new(
        (key, cancellationToken) => database.ReadAsync(
            key.Known is null ? ChatLookupSql.Find : ChatLookupSql.FindChanged, key, ChatLookupReader.ReadAsync, cancellationToken),
        keys => database.ReadAsync(
            ChatLookupSql.FindMany, new ChatKeysParameters(keys),
            (rows, cancellationToken) => ChatLookupReader.ReadManyAsync(rows, keys.Count, cancellationToken), CancellationToken.None),
        database.BatchFailed,
        MaxChats,
        clock);

    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now.</exception>
    public Task<ChatLookup> FindAsync(ChatKeyParameters key, CancellationToken cancellationToken) =>
        _reader.ReadAsync(key, cancellationToken);
}
