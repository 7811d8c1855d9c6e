using MediatR;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Live.DisconnectStream;

/// <summary>
/// End a stream, on whichever node it is. Its reader may come back at once: an <c>EventSource</c> does. Who must stay out
/// needs a token that is refused, or a disabled tenant. Answers whose the stream was.
/// </summary>
public sealed record DisconnectStreamCommand(Guid Stream) : IRequest<TenantId>;
