using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace SdkChat.Client;

/// <content>Waiting for a chat.</content>
public sealed partial class SdkChatClient
{
    private const int WaitSeconds = 20;

    private static readonly TimeSpan RefusedWaitPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Reads one of the tenant's chats until it is as wanted. The service sends each response when the chat changes (<c>Prefer: wait</c>),
    /// so that nothing is polled.
    /// </summary>
    /// <param name="chat">The chat.</param>
    /// <param name="until">Whether the chat is as wanted.</param>
    /// <param name="cancellationToken">Ends the wait. Without it the wait may last for ever.</param>
    /// <exception cref="SdkChatException">The service refused; <c>CHAT_NOT_FOUND</c> also for another tenant's.</exception>
    public Task<ChatDetail> WaitForChatAsync(Guid chat, Func<ChatDetail, bool> until, CancellationToken cancellationToken = default) =>
        WaitAsync($"{Chats}/{chat}", until, Wire.Default.EnvelopeChatDetail, cancellationToken);

    /// <summary>As <see cref="WaitForChatAsync"/>, for any tenant's chat; with a backoffice token.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="until">Whether the chat is as wanted.</param>
    /// <param name="cancellationToken">Ends the wait. Without it the wait may last for ever.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public Task<ChatDetail> WaitForAnyChatAsync(Guid chat, Func<ChatDetail, bool> until, CancellationToken cancellationToken = default) =>
        WaitAsync($"{AllChats}/{chat}", until, Wire.Default.EnvelopeChatDetail, cancellationToken);

    private async Task<T> WaitAsync<T>(
        string address, Func<T, bool> until, JsonTypeInfo<Envelope<T>> type, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(until);
        EntityTagHeaderValue? tag = null;
        while (true)
        {
            using var response = await SendAsync(
                HttpMethod.Get, address, content: null, request => Prepare(request.Headers, tag), cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.NotModified)
            {
                var read = (await BodyAsync(response, type, cancellationToken).ConfigureAwait(false)).Data;
                if (until(read))
                    return read;
                tag = response.Headers.ETag;
            }

            // The service is full or stopping, or it does not know the preference.
            if (!response.Headers.Contains("Preference-Applied"))
                await Task.Delay(RefusedWaitPause, Options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Prepare(HttpRequestHeaders headers, EntityTagHeaderValue? tag)
    {
        headers.Add("Prefer", $"wait={WaitSeconds}");
        if (tag is not null)
            headers.IfNoneMatch.Add(tag);
    }
}
