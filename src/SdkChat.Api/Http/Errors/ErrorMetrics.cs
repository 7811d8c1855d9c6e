using System.Diagnostics.Metrics;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Http.Errors;

/// <summary>
/// Counts failed requests by error code. The web server's own counters begin a series with the first failure, which no alert would notice.
/// </summary>
internal sealed class ErrorMetrics(IMeterFactory meters) : IMetricSeries
{
    public const string MeterName = "SdkChat.Errors";

    private readonly LabelledCounter _answered = new(
        meters.Create(MeterName), "sdkchat.errors", "{request}", "Failures that were answered, by code.", "code",
        Enum.GetValues<ErrorCode>().Select(code => ErrorTable.Get(code).Code));

    public void Answered(ErrorRow row) => _answered.Add(row.Code);
}
