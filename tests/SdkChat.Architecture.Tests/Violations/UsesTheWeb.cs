using Microsoft.AspNetCore.Http;

namespace SdkChat.Architecture.Tests.Violations;

internal sealed class UsesTheWeb
{
    public PathString Path { get; init; }
}
