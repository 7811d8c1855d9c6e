namespace SdkChat.Api.Http.Binding;

/// <summary>How an export is written.</summary>
public enum ExportFormat
{
    Csv,
    Ndjson,
}

internal static class ExportFormatText
{
    /// <summary>The same for a missing and for an unknown format.</summary>
    public const string Message = "must be csv or ndjson.";
}
