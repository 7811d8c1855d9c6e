namespace SdkChat.Client;

/// <summary>How an export is written.</summary>
public enum ChatExportFormat
{
    /// <summary>RFC 4180, with a header line.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}
