using System.Globalization;

namespace SdkChat.Client;

/// <content>Screens of the tenant, and the overview of all tenants.</content>
public sealed partial class SdkChatClient
{
    private const string OwnScreens = "/api/v1/screens";

    /// <summary>The tenant's screens, newest first, with links that still work; revoked ones are not listed.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<IReadOnlyList<Screen>> ListScreensAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(OwnScreens, Wire.Default.EnvelopeScreens, cancellationToken).ConfigureAwait(false)).Body.Data.Items;

    /// <summary>Makes a link that signs a screen in: once, within ten minutes. The screen shows the wall until it is revoked.</summary>
    /// <param name="name">What people call the screen: 1 to 100 characters on one line.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">
    /// The service refused; <c>TOO_MANY_SCREENS</c> where the tenant has as many as it may have.
    /// </exception>
    public Task<AddedScreen> AddScreenAsync(string name, CancellationToken cancellationToken = default) =>
        WriteAsync(
            HttpMethod.Post, OwnScreens, new NewScreen(name), Wire.Default.NewScreen, Wire.Default.EnvelopeAddedScreen, cancellationToken);

    /// <summary>Signs a screen out, or withdraws its link, on every node within 5 s.</summary>
    /// <param name="screen">The screen, from the list.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused; <c>SCREEN_NOT_FOUND</c> also for another tenant's.</exception>
    public async Task RevokeScreenAsync(Guid screen, CancellationToken cancellationToken = default) =>
        (await SendAsync(HttpMethod.Delete, $"{OwnScreens}/{screen}", content: null, cancellationToken).ConfigureAwait(false)).Dispose();

    /// <summary>A page of the tenants with their numbers, those that need attention first; with a backoffice token.</summary>
    /// <param name="name">Only tenants whose code or name contains this text; null for all.</param>
    /// <param name="from">Where the counted range begins, at most 7 days back; null for today in <paramref name="timeZone"/>.</param>
    /// <param name="timeZone">Whose today: a name of the IANA database; null for UTC.</param>
    /// <param name="page">Counts from 0.</param>
    /// <param name="size">Rows a page; more than 100 is answered as 100.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SdkChatException">The service refused.</exception>
    public async Task<TenantOverviewPage> GetTenantOverviewAsync(
        string? name = null, DateTimeOffset? from = null, string? timeZone = null, int page = 0, int size = 20,
        CancellationToken cancellationToken = default)
    {
        var parameters = new (string Name, string? Value)[]
        {
            ("page", page.ToString(CultureInfo.InvariantCulture)), ("size", size.ToString(CultureInfo.InvariantCulture)), ("name", name),
            ("from", Text(from)), ("tz", timeZone),
        };
        return (await ReadAsync(
            $"{Tenants}/overview?{Query(parameters)}", Wire.Default.EnvelopeTenantOverviewPage, cancellationToken).ConfigureAwait(false))
            .Body.Data;
    }
}
