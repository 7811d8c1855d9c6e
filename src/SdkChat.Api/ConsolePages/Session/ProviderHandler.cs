using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace SdkChat.Api.ConsolePages.Session;

/// <summary>
/// Microsoft's handler for GET alone. The flow uses redirects only; the handler would also read posted forms, and end sessions on a
/// request of the provider.
/// </summary>
internal sealed class ProviderHandler(
    IOptionsMonitor<OpenIdConnectOptions> options, ILoggerFactory logger, HtmlEncoder htmlEncoder, UrlEncoder encoder)
    : OpenIdConnectHandler(options, logger, htmlEncoder, encoder)
{
    public override Task<bool> HandleRequestAsync() =>
        HttpMethods.IsGet(Request.Method) ? base.HandleRequestAsync() : Task.FromResult(false);
}
