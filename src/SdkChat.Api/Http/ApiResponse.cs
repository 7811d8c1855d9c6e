namespace SdkChat.Api.Http;

/// <summary>The envelope of every success: <c>{"success": true, "data": …}</c> (contract, section 2).</summary>
public sealed record ApiResponse<T>(T Data)
{
    [System.Text.Json.Serialization.JsonPropertyOrder(-1)]
    public bool Success => true;
}
