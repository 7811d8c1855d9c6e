using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.RevokeApiKey;

internal sealed class RevokeApiKeyHandler(IApiKeyRegistry keys, TimeProvider clock) : IRequestHandler<RevokeApiKeyCommand, DateTimeOffset>
{
    public async Task<DateTimeOffset> Handle(RevokeApiKeyCommand request, CancellationToken cancellationToken)
    {
        var prefix = SdkKey.TryParse(request.Key, out var whole) ? whole.Prefix : request.Key;
        return await keys.RevokeAsync(prefix, clock.Now(), cancellationToken) ?? throw NotFoundException.ApiKey();
    }
}
