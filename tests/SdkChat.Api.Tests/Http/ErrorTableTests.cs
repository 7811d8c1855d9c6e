using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Tests.Http;

public sealed class ErrorTableTests
{
    /// <summary>The contract's table (section 2), and the codes of what was added to it (section 8).</summary>
    private static readonly Dictionary<int, string[]> Contract = new()
    {
        [400] = ["VALIDATION_FAILED", "MALFORMED_JSON"],
        [401] = ["UNAUTHENTICATED"],
        [403] = ["FORBIDDEN", "TENANT_MISMATCH", "TENANT_DISABLED", "ORIGIN_NOT_ALLOWED", "BLOCKED"],
        [404] =
        [
            "NOT_FOUND", "CHAT_NOT_FOUND", "PROFILE_NOT_FOUND", "STREAM_NOT_FOUND", "TENANT_NOT_FOUND", "API_KEY_NOT_FOUND",
            "BLOCK_NOT_FOUND", "SCREEN_NOT_FOUND", "FLOOR_PLAN_NOT_FOUND",
        ],
        [405] = ["METHOD_NOT_ALLOWED"],
        [406] = ["NOT_ACCEPTABLE"],
        [413] = ["PAYLOAD_TOO_LARGE"],
        [415] = ["UNSUPPORTED_MEDIA_TYPE"],
        [409] =
        [
            "SESSION_ACTIVE", "NO_ACTIVE_SESSION", "CHAT_NOT_COMPLETED", "CHAT_ENDED", "IDEMPOTENCY_MISMATCH", "TENANT_EXISTS",
            "TOO_MANY_KEYS", "TOO_MANY_SCREENS",
        ],
        [429] = ["RATE_LIMITED", "TOO_MANY_STREAMS"],
        [500] = ["INTERNAL"],
        [503] = ["UNAVAILABLE"],
    };

    private static readonly ErrorCode[] Codes = Enum.GetValues<ErrorCode>();

    [Test]
    public void Of_EveryCode_IsTheContractsTable() =>
        Codes.Select(ErrorTable.Get).GroupBy(row => row.Status, row => row.Code).ToDictionary(group => group.Key, group => group.ToArray())
            .Should().BeEquivalentTo(Contract);

    [TestCaseSource(nameof(Codes))]
    public void Of_Code_SaysWhenToTryAgainExactlyWhereItHelps(ErrorCode code)
    {
        var row = ErrorTable.Get(code);

        row.RetryAfterSeconds.HasValue.Should().Be(row.Status is 429 or 503);
        row.Message.Should().EndWith(".");
    }

    [TestCase(404, ErrorCode.NotFound)]
    [TestCase(405, ErrorCode.MethodNotAllowed)]
    [TestCase(415, ErrorCode.UnsupportedMediaType)]
    [TestCase(418, ErrorCode.ValidationFailed)]
    [TestCase(502, ErrorCode.Internal)]
    public void ForStatus_BareStatus_IsTheNearestCode(int status, ErrorCode code) => ErrorTable.ForStatus(status).Should().Be(code);
}
