namespace SdkChat.Client;

/// <content>Erasures.</content>
public sealed partial class SdkChatClient
{
    /// <summary>
    /// Erases a person permanently: the profile, its chats with prompts and results, and its sessions; with a backoffice token. It cannot
    /// be undone. A repeated call erases nothing and succeeds.
    /// </summary>
    /// <param name="tenant">The tenant's id.</param>
    /// <param name="profile">The person's profile, whether deleted or not.</param>
    /// <param name="confirm">The name of the person, as the profile has it, or the id of the profile.</param>
    /// <param name="cancellationToken">Cancels the call. The erasure may still be done.</param>
    /// <exception cref="SdkChatException">
    /// The service refused; <c>VALIDATION_FAILED</c> if <paramref name="confirm"/> is neither.
    /// </exception>
    public Task<ErasedProfile> EraseProfileAsync(
        Guid tenant, Guid profile, string confirm, CancellationToken cancellationToken = default) =>
        WriteAsync(
            HttpMethod.Post, $"{Tenants}/{tenant}/erasures", new NewErasure(profile, confirm), Wire.Default.NewErasure,
            Wire.Default.EnvelopeErasedProfile, cancellationToken);
}
