namespace SdkChat.Api.Http.Errors;

/// <summary>How one failure looks on the wire.</summary>
/// <param name="Code">The name a client may switch on; frozen.</param>
/// <param name="Message">Said when the failure brings no sentence of its own.</param>
/// <param name="RetryAfterSeconds">Sent as <c>Retry-After</c>; null where trying again does not help.</param>
internal sealed record ErrorRow(int Status, string Code, string Message, int? RetryAfterSeconds = null);
