namespace SdkChat.Api.Http.Binding;

/// <summary>The file format of an export.</summary>
public enum ExportFormat
{
    Csv,
    Ndjson,
}

internal static class ExportFormatText
{
    /// <summary>The message for a missing or unknown format.</summary>
    public const string Message = "must be csv or ndjson.";
}
