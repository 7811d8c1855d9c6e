namespace SdkChat.Api.Http.Errors;

/// <summary>The response to one kind of failure.</summary>
/// <param name="Code">The error code for clients. It never changes.</param>
/// <param name="Message">The message if the failure has none of its own.</param>
/// <param name="RetryAfterSeconds">Sent as <c>Retry-After</c>; null if a retry does not help.</param>
internal sealed record ErrorRow(int Status, string Code, string Message, int? RetryAfterSeconds = null);
