using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SdkChat.Client;

/// <summary>
/// A tenant admin's chats, live and in history; and with a backoffice token, every tenant's history. Safe to use from many
/// threads at once.
/// </summary>
public sealed partial class SdkChatClient : IDisposable
{
    private const string Chats = "/api/v1/sdk-chat";
    private const string AllChats = "/api/v1/admin/sdk-chat";

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;

    /// <param name="options">Where the service is, and who asks.</param>
    /// <param name="http">
    /// Sends the requests; it stays the caller's. Its <see cref="HttpClient.Timeout"/> counts for lists and details, not for the
    /// stream. Default: one of its own.
    /// </param>
    public SdkChatClient(SdkChatClientOptions options, HttpClient? http = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _ownsHttp = http is null;
        _http = http ?? new HttpClient();
    }

    internal SdkChatClientOptions Options { get; }

    /// <summary>
    /// The tenant's events, for as long as they are read: whatever breaks, the stream is opened again, with growing pauses, and
    /// says so. It ends with its cancellation alone.
    /// </summary>
    public IAsyncEnumerable<SdkChatEvent> EventsAsync(CancellationToken cancellationToken = default) =>
        new EventStream(this, query: "").ReadAsync(cancellationToken);

    /// <summary>As <see cref="EventsAsync"/>, with the kinds of events that are named, of all profiles or of one.</summary>
    /// <param name="kinds">At least one kind.</param>
    /// <param name="profile">Only this profile's events; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">No kind, or one that does not exist.</exception>
    public IAsyncEnumerable<SdkChatEvent> WatchAsync(
        SdkChatEventKinds kinds, Guid? profile = null, CancellationToken cancellationToken = default) =>
        new EventStream(this, EventStream.Query(kinds, profile)).ReadAsync(cancellationToken);

    /// <summary>A page of the tenant's chats, newest first.</summary>
    /// <param name="profile">Only this profile's; null for all.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ChatPage> ListChatsAsync(
        Guid? profile = null, int page = 0, int size = 20, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            Address(Chats, profile, tenant: null, page, size), Wire.Default.EnvelopeChatPage, cancellationToken).ConfigureAwait(false))
            .Body.Data;

    /// <summary>The tenant's chats from the newest on, page by page: none twice and none skipped, whatever arrives meanwhile.</summary>
    /// <param name="profile">Only this profile's; null for all.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async IAsyncEnumerable<ChatListItem> ChatsAsync(
        Guid? profile = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = Address(Chats, profile, tenant: null, page: 0, size: 100);
        while (next is not null)
        {
            (var page, next) = await ReadAsync(next, Wire.Default.EnvelopeChatPage, cancellationToken).ConfigureAwait(false);
            foreach (var chat in page.Data.Items)
                yield return chat;
        }
    }

    /// <summary>A page of the tenant's chats that a filter includes, newest first.</summary>
    /// <param name="filter">Which chats.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ChatPage> FindChatsAsync(
        ChatFilter filter, int page = 0, int size = 20, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            Address(Chats, filter, page, size), Wire.Default.EnvelopeChatPage, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>
    /// The tenant's chats that a filter includes, from the newest on, page by page: none twice and none skipped, whatever arrives
    /// meanwhile.
    /// </summary>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async IAsyncEnumerable<ChatListItem> EnumerateChatsAsync(
        ChatFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var next = Address(Chats, filter, page: 0, size: 100);
        while (next is not null)
        {
            (var page, next) = await ReadAsync(next, Wire.Default.EnvelopeChatPage, cancellationToken).ConfigureAwait(false);
            foreach (var chat in page.Data.Items)
                yield return chat;
        }
    }

    /// <summary>How many of the tenant's chats a filter includes, by status, at one moment.</summary>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ChatCounts> CountChatsAsync(ChatFilter? filter = null, CancellationToken cancellationToken = default) =>
        (await ReadAsync(CountsAddress(Chats, filter), Wire.Default.EnvelopeChatCounts, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>One of the tenant's chats, with its result.</summary>
    /// <exception cref="SdkChatException">The service refused; <c>CHAT_NOT_FOUND</c> also for another tenant's.</exception>
    public async Task<ChatDetail> GetChatAsync(Guid chat, CancellationToken cancellationToken = default) =>
        (await ReadAsync($"{Chats}/{chat}", Wire.Default.EnvelopeChatDetail, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>What happened to one of the tenant's chats, oldest first.</summary>
    /// <exception cref="SdkChatException">The service refused; <c>CHAT_NOT_FOUND</c> also for another tenant's.</exception>
    public async Task<ChatTimeline> GetTimelineAsync(Guid chat, CancellationToken cancellationToken = default) =>
        (await ReadAsync($"{Chats}/{chat}/timeline", Wire.Default.EnvelopeChatTimeline, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>What happened to any tenant's chat, oldest first; with a backoffice token.</summary>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ChatTimeline> GetAnyTimelineAsync(Guid chat, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            $"{AllChats}/{chat}/timeline", Wire.Default.EnvelopeChatTimeline, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>One of the tenant's shoppers: the profile, its sessions with their stamps, first and last seen.</summary>
    /// <exception cref="SdkChatException">The service refused; <c>PROFILE_NOT_FOUND</c> also for another tenant's.</exception>
    public async Task<ProfileHistory> GetProfileHistoryAsync(Guid profile, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            $"{Chats}/profiles/{profile}", Wire.Default.EnvelopeProfileHistory, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>A shopper of any tenant; with a backoffice token.</summary>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ProfileHistory> GetAnyProfileHistoryAsync(Guid profile, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            $"{AllChats}/profiles/{profile}", Wire.Default.EnvelopeProfileHistory, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>A page of all tenants' chats, newest first; with a backoffice token.</summary>
    /// <param name="tenant">Only this tenant's; null for all.</param>
    /// <param name="profile">Only this profile's; null for all.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ChatPage> ListAllChatsAsync(
        Guid? tenant = null, Guid? profile = null, int page = 0, int size = 20, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            Address(AllChats, profile, tenant, page, size), Wire.Default.EnvelopeChatPage, cancellationToken).ConfigureAwait(false))
            .Body.Data;

    /// <summary>A page of all tenants' chats that a filter includes, newest first; with a backoffice token.</summary>
    /// <param name="filter">Which chats.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ChatPage> FindAllChatsAsync(
        ChatFilter filter, int page = 0, int size = 20, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            Address(AllChats, filter, page, size), Wire.Default.EnvelopeChatPage, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>How many chats a filter includes, by status, at one moment; with a backoffice token.</summary>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ChatCounts> CountAllChatsAsync(ChatFilter? filter = null, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            CountsAddress(AllChats, filter), Wire.Default.EnvelopeChatCounts, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <summary>Any tenant's chat, with its result; with a backoffice token.</summary>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<ChatDetail> GetAnyChatAsync(Guid chat, CancellationToken cancellationToken = default) =>
        (await ReadAsync($"{AllChats}/{chat}", Wire.Default.EnvelopeChatDetail, cancellationToken).ConfigureAwait(false)).Body.Data;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsHttp)
            _http.Dispose();
    }

    /// <summary>Asks, and answers once the headers are there and say that all is well.</summary>
    internal Task<HttpResponseMessage> SendAsync(string address, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, address, content: null, cancellationToken);

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, HttpContent? content, CancellationToken cancellationToken) =>
        SendAsync(method, address, content, prepare: null, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, HttpContent? content, Action<HttpRequestMessage>? prepare, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, ServiceAddress.Combine(Options.BaseAddress, address)) { Content = content };
        prepare?.Invoke(request);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", await Options.Token(cancellationToken).ConfigureAwait(false));
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
            return response;

        using (response)
            throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(T Body, string? Next)> ReadAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(address, cancellationToken).ConfigureAwait(false);
        return (
            await BodyAsync(response, type, cancellationToken).ConfigureAwait(false),
            Next(response) is { } next ? ServiceAddress.RemovePath(Options.BaseAddress, next) : null);
    }

    private async Task<TData> WriteAsync<TBody, TData>(
        HttpMethod method, string address, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<Envelope<TData>> answer,
        CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await SendAsync(method, address, content, cancellationToken).ConfigureAwait(false);
        return (await BodyAsync(response, answer, cancellationToken).ConfigureAwait(false)).Data;
    }

    private async Task<TData> DeleteAsync<TData>(string address, JsonTypeInfo<Envelope<TData>> answer, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, address, content: null, cancellationToken).ConfigureAwait(false);
        return (await BodyAsync(response, answer, cancellationToken).ConfigureAwait(false)).Data;
    }

    private static async Task<T> BodyAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var read = await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false);
            return read ?? throw new JsonException("The answer is null.");
        }
    }

    private static async Task<SdkChatException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Refusal? failure = null;
        try
        {
            failure = JsonSerializer.Deserialize(
                await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), Wire.Default.Refusal);
        }
        catch (JsonException)
        {
            // A proxy's page.
        }

        var requestId = response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : null;
        return new SdkChatException(
            response.StatusCode, failure?.Code, failure?.Message ?? $"The answer was {(int)response.StatusCode}.",
            response.Headers.RetryAfter?.Delta, requestId);
    }

    private static string Address(string path, Guid? profile, Guid? tenant, int page, int size)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"{path}?page={page}&size={size}");
        if (profile is not null)
            query += $"&profile_id={profile}";
        return tenant is null ? query : $"{query}&tenant_id={tenant}";
    }

    private static string Address(string path, ChatFilter filter, int page, int size)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return string.Create(CultureInfo.InvariantCulture, $"{path}?page={page}&size={size}{filter.ToQuery()}");
    }

    private static string CountsAddress(string path, ChatFilter? filter) => $"{path}/counts?{filter?.ToQuery().TrimStart('&')}";

    /// <summary>The address behind <c>rel="next"</c> (RFC 8288); null on the last page.</summary>
    private static string? Next(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var values))
            return null;

        var link = string.Join(", ", values).Split(", ").FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal));
        return link?[(link.IndexOf('<', StringComparison.Ordinal) + 1)..link.IndexOf('>', StringComparison.Ordinal)];
    }
}
