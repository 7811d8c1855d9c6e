using SdkChat.Api.Authentication;
using SdkChat.Api.ConsolePages;
using SdkChat.Api.ConsolePages.Files;
using SdkChat.Api.ConsolePages.Session;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Development.SignIn;

/// <summary>Follows a sign-in link. Only in Development; otherwise the address does not exist.</summary>
internal static class SignInEndpoint
{
    public const string Path = "/sign-in/";

    private const string Spent = "This sign-in link was used already, or is too old. A new one: ./sdkchat sign-in";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment() && services.GetService<SignInLinks>() is { } links)
        {
            routes.MapGroup(ConsolePaths.Tenant).ExcludeFromDescription().MapGet(
                Path + "{code}",
                (HttpContext context, string code, SessionCookie cookie, ConsoleShelf shelf) => Follow(
                    context, links.Use(code), cookie, shelf));
        }
    }

    private static IResult Follow(HttpContext context, SignInLink? link, SessionCookie cookie, ConsoleShelf shelf)
    {
        if (link is null)
            return Refuse(context, shelf);

        cookie.Set(context, link.Scheme, link.Token, link.ExpiresAt);
        return Results.Redirect(link.Scheme == Schemes.Tenant ? ConsolePaths.Tenant : ConsolePaths.Backoffice);
    }

    /// <summary>Links are opened in a browser, so this failure is also available as a page.</summary>
    private static IResult Refuse(HttpContext context, ConsoleShelf shelf) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? shelf.Files.PageOf("spent-link").Answer(context, FileEndpoints.NotKept, StatusCodes.Status404NotFound)
            : new FailureResult(new Failure(ErrorCode.NotFound, Spent));
}
