using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Tenants;

/// <summary>Removes a block: the user is accepted again on every node within 5 s. Returns the block that was removed.</summary>
public sealed record UnblockSubjectCommand(Guid Block) : IRequest<Block>;

internal sealed class UnblockSubjectHandler(IBlockRepository blocks) : IRequestHandler<UnblockSubjectCommand, Block>
{
    public async Task<Block> Handle(UnblockSubjectCommand request, CancellationToken cancellationToken) =>
        await blocks.RemoveAsync(request.Block, cancellationToken) ?? throw NotFoundException.Block();
}
