using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SdkChat.Client;

/// <content>Export.</content>
public sealed partial class SdkChatClient
{
    /// <summary>
    /// All of the tenant's chats that a filter includes, newest first, as of the instant it began; in one response that is read as it
    /// arrives.
    /// </summary>
    /// <param name="filter">Null for all chats.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <exception cref="SdkChatException">
    /// The service refused; <c>RATE_LIMITED</c> while another export of the same caller runs.
    /// </exception>
    public IAsyncEnumerable<ChatListItem> ExportChatsAsync(ChatFilter? filter = null, CancellationToken cancellationToken = default) =>
        ExportAsync(ExportAddress(Chats, filter, "ndjson"), Wire.Default.ChatListItem, cancellationToken);

    /// <summary>As <see cref="ExportChatsAsync"/>, each chat with its result.</summary>
    /// <param name="filter">Null for all chats.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public IAsyncEnumerable<ChatDetail> ExportChatDetailsAsync(ChatFilter? filter = null, CancellationToken cancellationToken = default) =>
        ExportAsync($"{ExportAddress(Chats, filter, "ndjson")}&detail=true", Wire.Default.ChatDetail, cancellationToken);

    /// <summary>As <see cref="ExportChatsAsync"/>, of all tenants; with a backoffice token.</summary>
    /// <param name="filter">Null for all chats.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public IAsyncEnumerable<ChatListItem> ExportAllChatsAsync(ChatFilter? filter = null, CancellationToken cancellationToken = default) =>
        ExportAsync(ExportAddress(AllChats, filter, "ndjson"), Wire.Default.ChatListItem, cancellationToken);

    /// <summary>Writes an export as the service sends it, CSV or NDJSON.</summary>
    /// <param name="destination">Where to. It stays open.</param>
    /// <param name="format">CSV or NDJSON.</param>
    /// <param name="filter">Null for all chats.</param>
    /// <param name="allTenants">Whether to export the chats of all tenants; with a backoffice token.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    /// <exception cref="IOException">The connection broke. What was written is the beginning of the export.</exception>
    public async Task ExportToAsync(
        Stream destination, ChatExportFormat format, ChatFilter? filter = null, bool allTenants = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var address = ExportAddress(allTenants ? AllChats : Chats, filter, format == ChatExportFormat.Csv ? "csv" : "ndjson");
        using var response = await SendAsync(address, cancellationToken).ConfigureAwait(false);
        await response.Content.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<T> ExportAsync<T>(
        string address, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(address, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            await foreach (var row
                in JsonSerializer.DeserializeAsyncEnumerable(body, type, topLevelValues: true, cancellationToken).ConfigureAwait(false))
                yield return row ?? throw new JsonException("A row is null.");
        }
    }

    private static string ExportAddress(string path, ChatFilter? filter, string format) =>
        $"{path}/export?format={format}{filter?.ToQuery()}";
}
