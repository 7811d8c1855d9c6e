using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;
using SdkChat.Api.Authentication.Keys;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Authentication.Bearer;

/// <summary>Extends the JWT handler: finds the token of a request and reads the credential of a valid one.</summary>
internal sealed class TokenEvents(TokenReader reader, string cookieName, SigningKeys keys, ValidatedTokenCache tokens) : JwtBearerEvents
{
    /// <summary>
    /// A placeholder. No code needs claims once there is a credential, and a stream would keep them and their token in memory for half an
    /// hour.
    /// </summary>
    private readonly ClaimsPrincipal _somebody = new(new ClaimsIdentity(reader.Scheme));

    public override async Task MessageReceived(MessageReceivedContext context)
    {
        // Most requests have a token in this header, which is copied only if it must be checked.
        if (TokenTransport.TryFindBearer(context.Request.Headers.Authorization, out var bearer))
        {
            await VerifyOrCheckAsync(context, bearer);
            return;
        }

        var presented = TokenTransport.Find(context.Request, cookieName);
        if (presented.Count == 0)
            await ReadScreenAsync(context);
        else
            await VerifyOrCheckAsync(context, (presented.Count == 1 ? presented[0] : await ChooseAsync(context, presented)).AsMemory());
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var features = context.HttpContext.Features;
        var check = features.Get<Check>()!;
        // A stream keeps its features for as long as it is open.
        features.Set<Check>(null);
        if (reader.Read(context.Principal!, context.SecurityToken, out var problem) is not { } credential)
        {
            context.Fail(problem!);
            return Task.CompletedTask;
        }

        tokens.Remember(check.Hash, check.Keys, credential);
        features.Set(credential);
        VerifiedToken.Set(context.HttpContext, check.Token.AsMemory());
        context.Principal = _somebody;
        return Task.CompletedTask;
    }

    /// <summary>Accepts a token that is known, and otherwise lets the handler check it.</summary>
    private async Task VerifyOrCheckAsync(MessageReceivedContext context, ReadOnlyMemory<char> token)
    {
        if (!JwtHeader.TryRead(token.Span, out var header))
        {
            context.Fail("The token is not a signed JWT.");
            return;
        }

        await keys.PrepareAsync(header.KeyId, context.HttpContext.RequestAborted);
        var (hash, version) = (TokenHash.Create(token.Span), keys.KeySetVersion);
        if (tokens.Find(hash, version) is { } credential)
        {
            context.HttpContext.Features.Set(credential);
            VerifiedToken.Set(context.HttpContext, token);
            context.Principal = _somebody;
            context.Success();
            return;
        }

        context.Token = token.ToString();
        context.HttpContext.Features.Set(new Check(context.Token, hash, version));
    }

    /// <summary>A tenant's screen has a cookie of its own, which counts where no token is presented.</summary>
    private async Task ReadScreenAsync(MessageReceivedContext context)
    {
        if (reader.Scheme != Schemes.Tenant || context.Request.Headers.Authorization.Count > 0
            || await ScreenCookie.FindAsync(context.HttpContext) is not { } screen)
        {
            context.NoResult();
            return;
        }

        context.HttpContext.Features.Set(screen);
        context.Principal = _somebody;
        context.Success();
    }

    /// <summary>
    /// Chooses one of several cookies: the first that may do what is requested; otherwise the first that verifies; otherwise the last,
    /// which is refused. An expired cookie, or one that a sibling host has set, even a valid token of another tenant, therefore does not
    /// sign a user out.
    /// </summary>
    private async Task<string> ChooseAsync(MessageReceivedContext context, IReadOnlyList<string> presented)
    {
        string? verified = null;
        foreach (var token in presented)
        {
            if (await VerifyAsync(context, token) is not { } credential)
                continue;
            if (await IsEnoughAsync(context.HttpContext, credential))
                return token;
            verified ??= token;
        }

        return verified ?? presented[^1];
    }

    private async Task<Credential?> VerifyAsync(MessageReceivedContext context, string token)
    {
        if (!JwtHeader.TryRead(token, out var header))
            return null;

        await keys.PrepareAsync(header.KeyId, context.HttpContext.RequestAborted);
        var (hash, version) = (TokenHash.Create(token), keys.KeySetVersion);
        if (tokens.Find(hash, version) is { } known)
            return known;

        foreach (var handler in context.Options.TokenHandlers)
        {
            TokenValidationResult result = await handler.ValidateTokenAsync(token, context.Options.TokenValidationParameters);
            if (result.IsValid && reader.Read(new ClaimsPrincipal(result.ClaimsIdentity), result.SecurityToken, out _) is { } credential)
            {
                tokens.Remember(hash, version, credential);
                return credential;
            }
        }

        return null;
    }

    private static async Task<bool> IsEnoughAsync(HttpContext http, Credential credential)
    {
        try
        {
            return (await http.RequestServices.GetRequiredService<TenantAccess>().DecideAsync(http, credential)).Refusal is null;
        }
        catch (UnavailableException)
        {
            // Authorization checks it again and reports the failure.
            return true;
        }
    }

    /// <summary>A token that is being checked, and the keys when the check began.</summary>
    private sealed record Check(string Token, TokenHash Hash, object Keys);
}
