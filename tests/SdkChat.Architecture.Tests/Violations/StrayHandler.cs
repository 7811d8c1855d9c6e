using MediatR;

namespace SdkChat.Architecture.Tests.Violations;

internal sealed class StrayHandler : IRequestHandler<StrayHandler.Request, Unit>
{
    public Task<Unit> Handle(Request request, CancellationToken cancellationToken) => Unit.Task;

    internal sealed record Request : IRequest<Unit>;
}
