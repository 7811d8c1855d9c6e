using SdkChat.Infrastructure.Auditing;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Pipelines;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tracing;

namespace SdkChat.Infrastructure;

/// <summary>The names of this layer's meters and trace sources, for the OpenTelemetry configuration.</summary>
public static class TelemetryNames
{
    /// <summary>The source of the service's own spans.</summary>
    public const string Traces = ServiceTrace.SourceName;

    public const string LiveMeter = LiveMetrics.MeterName;

    public const string AuditMeter = AuditMetrics.MeterName;

    public const string PipelineMeter = PipelineMetrics.MeterName;

    public const string StorageMeter = DatabaseFailures.MeterName;
}
